const PROXIES = ['HTTPS_PROXY', 'https_proxy'];

/** What may help behind a proxy where nothing answers: Node does not look at the variables of proxies by itself. */
export function proxyFixes(variables: NodeJS.ProcessEnv): readonly string[] {
  const named = PROXIES.find((name) => (variables[name] ?? '') !== '');
  const isUsed =
    variables.NODE_USE_ENV_PROXY === '1' || /--use-env-proxy\b/.test(variables.NODE_OPTIONS ?? '');
  if (named === undefined || isUsed) return [];
  return [
    `set NODE_USE_ENV_PROXY=1, without which Node does not use the proxy of ${named} (Node 22.21, or 24 and later)`,
  ];
}
