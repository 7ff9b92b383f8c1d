import type { TerraformBlock } from './trial';

/**
 * A version that no provider has. Asked for it, Terraform configures the backend, reads the state, asks the source of each
 * provider for all of its versions, and ends before it downloads anything.
 */
const NO_VERSION = '0.0.0';

/** The block with which `terraform init` downloads nothing. */
export function withoutDownload({ required_providers = {}, ...backend }: TerraformBlock): TerraformBlock {
  const providers = Object.entries(required_providers).map(([name, provider]) => [
    name,
    { ...provider, version: NO_VERSION },
  ]);
  return { ...backend, required_providers: Object.fromEntries(providers) };
}

/** Whether an error of `terraform init` is about finding providers, and not about the backend. */
export function isAboutProviders(error: string): boolean {
  return /^(Failed to query available provider packages|Invalid provider registry host|Provider requirements cannot be satisfied)/.test(
    error,
  );
}

/** Whether the source of a provider answered, and has no such version. */
export function hasAnswered(error: string): boolean {
  return /no available releases match the given constraints 0\.0\.0/.test(error);
}
