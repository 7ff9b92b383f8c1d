import type { Kind } from '../../catalog/kinds/registry';
import { buildAwsNetwork } from './aws-network';
import type { StackBuilder } from './kind';
import { buildVault } from './vault';

/** The builder of each kind of stack. */
export const BUILDERS: { readonly [K in Kind]: StackBuilder<K> } = {
  vault: buildVault,
  'aws-network': buildAwsNetwork,
};
