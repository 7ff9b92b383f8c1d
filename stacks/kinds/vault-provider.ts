import { posix } from 'node:path';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { Construct } from 'constructs';
import { CatalogStack, type CatalogStackProps } from '../catalog-stack';
import { literal } from '../literal';

export interface VaultProviderStackProps extends CatalogStackProps {
  /** The server's URL. */
  readonly address: string;
  readonly namespace?: string;
  /** As the catalog gives it: relative to the project. */
  readonly caFile?: string;
}

/** What the bindings are made for; write-only attributes and OpenBao are tried with 5.6.0. */
const VERSION = '>= 5.6.0, < 6.0.0';

/**
 * A stack in a Vault: its backend and its provider.
 *
 * No token and no log-in are part of it: the driver puts `VAULT_TOKEN` into the environment, an AppRole's too, whose
 * secret id would otherwise stand in the configuration.
 */
export class VaultProviderStack extends CatalogStack {
  constructor(scope: Construct, id: string, props: VaultProviderStackProps) {
    super(scope, id, props);
    new VaultProvider(this, 'vault', {
      address: literal(props.address),
      namespace: props.namespace && literal(props.namespace),
      caCertFile: props.caFile && literal(fromStackFolder(props.caFile)),
      // The provider would make itself a child token. That needs `update` on `auth/token/create`, which neither a user's
      // policy nor one for CI should have (who has it makes tokens that nobody asked for), and a child can't see the
      // cubbyhole of its parent. An AppRole's token is short-lived as it is; a person's is only in the environment.
      skipChildToken: true,
    });
    this.addOverride('terraform.required_providers.vault.version', VERSION);
  }
}

/** Terraform runs in the folder of the stack, `<out>/stacks/<stack>`; all folders of output lie at one depth. */
function fromStackFolder(file: string): string {
  return posix.isAbsolute(file) ? file : posix.join('../../..', file);
}
