import { AWS_FILES } from './aws/files';
import { awsProvider } from './aws/provider/provider';
import { AWS_VALUES } from './aws/provider/values';
import { AZURE_FILES } from './azure/files';
import { azureProvider } from './azure/provider/provider';
import { AZURE_VALUES } from './azure/provider/values';
import { DOCKER_FILES } from './docker/files';
import { dockerProvider } from './docker/provider/provider';
import { DOCKER_VALUES } from './docker/provider/values';
import type { SimulatedProvider } from './provider/simulated-provider';
import { PLAIN_VALUES, type ValueRules } from './provider/value-rules';
import type { ProviderFiles } from './schemas/provider-files';
import type { ObjectLog } from './store/objects';
import { VAULT_FILES } from './vault/provider/files';
import type { SandboxVault } from './vault/sandbox-vault';

/** What the providers of one sandbox share. */
interface Shared {
  readonly log: ObjectLog;
  readonly vault: SandboxVault;
}

/** A provider that the sandbox can simulate. */
interface Simulated {
  readonly files: ProviderFiles;
  readonly values: ValueRules;
  /** Makes the provider, when it is first asked for something. */
  readonly provider: (shared: Shared) => SimulatedProvider;
}

/** The simulated providers: a new one is a line here. */
export const SIMULATED: readonly Simulated[] = [
  { files: AWS_FILES, values: AWS_VALUES, provider: ({ log }) => awsProvider(log) },
  { files: AZURE_FILES, values: AZURE_VALUES, provider: ({ log }) => azureProvider(log) },
  { files: DOCKER_FILES, values: DOCKER_VALUES, provider: ({ log }) => dockerProvider(log) },
  { files: VAULT_FILES, values: PLAIN_VALUES, provider: ({ vault }) => vault.provider() },
];

/** All types that the sandbox simulates: resources, data sources and ephemeral resources. */
export const SIMULATED_TYPES: readonly string[] = SIMULATED.flatMap(({ files }) => [
  ...files.types.managed,
  ...files.types.data,
  ...files.types.ephemeral,
]);

/** The files of the provider that a type belongs to, or undefined for a type of a provider that is not simulated. */
export function filesOf(type: string): ProviderFiles | undefined {
  return SIMULATED.find(({ files }) => type.startsWith(`${files.name}_`))?.files;
}
