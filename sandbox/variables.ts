/**
 * Variables that could make a child reach something real: credentials and endpoints of clouds, Vault and Docker, tokens of
 * Terraform's registries, and arguments that the user set for real runs of Terraform. `TF_VAR_…` is kept: it is input.
 */
const STRIPPED = [
  /^AWS_/,
  /^(ARM|AZURE)_/,
  /^(GOOGLE|GCLOUD|CLOUDSDK)_/,
  /^OCI_/,
  /^OS_/,
  /^SAKURACLOUD_/,
  /^VAULT_/,
  /^DOCKER_/,
  /^TF_TOKEN_/,
  /^TF_CLI_ARGS/,
  /^TF_HTTP_/,
  /^TF_(WORKSPACE|REATTACH_PROVIDERS|CLOUD_.*)$/,
  /^PG_CONN_STR$/,
];

/** The environment of a child process that may use the sandbox and no real cloud. */
export function sandboxEnvironment(
  parent: NodeJS.ProcessEnv,
  server: { readonly environment: Readonly<Record<string, string>> },
): Record<string, string> {
  const kept = Object.entries(parent).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !STRIPPED.some((pattern) => pattern.test(entry[0])),
  );
  // Terraform and cdktf-cli would look for newer versions of themselves on the network.
  const offline = { CHECKPOINT_DISABLE: '1', KAKEHASHI_SANDBOX: '1' };
  return { ...Object.fromEntries(kept), ...server.environment, ...offline };
}
