import { existsSync } from 'node:fs';

/** Variables that would make a plan differ from the catalog, or mix up the stacks' folders. */
const MISLEADING = /^(TF_CLI_ARGS(_.*)?|TF_WORKSPACE|TF_DATA_DIR|TF_BACKEND_.*)$/;

/** Variables for the driver's log-in to Vault. Terraform gets a token instead, if it needs one. */
const LOG_IN = /^VAULT_(WRAPPED_)?SECRET_ID$/;

export interface TerraformVariables {
  readonly variables: NodeJS.ProcessEnv;
  /** The names of those that were left out. */
  readonly dropped: readonly string[];
}

/**
 * The environment variables of Terraform's process: the user's own, so that credentials and proxies work, without those that
 * would change what a plan means. `TF_REATTACH_PROVIDERS` is for the sandbox only: a real run would use simulated providers.
 */
export function terraformVariables(parent: NodeJS.ProcessEnv, simulated: boolean): TerraformVariables {
  const variables: NodeJS.ProcessEnv = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(parent)) {
    const missingFile = name === 'TF_CLI_CONFIG_FILE' && value !== undefined && !existsSync(value);
    const attached = name === 'TF_REATTACH_PROVIDERS' && !simulated;
    if (MISLEADING.test(name) || LOG_IN.test(name) || missingFile || attached) {
      dropped.push(missingFile ? `${name} (no such file)` : name);
    } else {
      variables[name] = value;
    }
  }
  variables.CHECKPOINT_DISABLE = '1';
  variables.TF_IN_AUTOMATION = '1';
  variables.TF_INPUT = '0';
  return { variables, dropped };
}
