/**
 * Variables that would lead a child out of the sandbox: credentials and endpoints of clouds and Vault, tokens of
 * Terraform's registries, and Terraform arguments that the user set for real runs. `TF_VAR_…` stays: it is input.
 */
const STRIPPED = [
  /^AWS_/,
  /^(ARM|AZURE)_/,
  /^(GOOGLE|GCLOUD|CLOUDSDK)_/,
  /^OCI_/,
  /^OS_/,
  /^SAKURACLOUD_/,
  /^VAULT_/,
  /^TF_TOKEN_/,
  /^TF_CLI_ARGS/,
  /^TF_HTTP_/,
  /^TF_(WORKSPACE|REATTACH_PROVIDERS|CLOUD_.*)$/,
  /^PG_CONN_STR$/,
];

/** The parent's environment for a child that must see the sandbox and no cloud. */
export function sandboxEnvironment(
  parent: NodeJS.ProcessEnv,
  server: { readonly environment: Readonly<Record<string, string>> },
): Record<string, string> {
  const kept = Object.entries(parent).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !STRIPPED.some((pattern) => pattern.test(entry[0])),
  );
  // Terraform and cdktf-cli would ask the network for news of themselves.
  const offline = { CHECKPOINT_DISABLE: '1', KAKEHASHI_SANDBOX: '1' };
  return { ...Object.fromEntries(kept), ...server.environment, ...offline };
}
