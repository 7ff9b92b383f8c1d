import type { Kind } from '../../catalog/kinds/registry';
import type { StackBuilder } from './kind';

/** The builder of each kind of stack. It is loaded with its provider's bindings when the first stack of the kind is built. */
export const BUILDERS: { readonly [K in Kind]: () => StackBuilder<K> } = {
  vault: () => (require('./vault') as typeof import('./vault')).buildVault,
  'aws-hub': () => (require('./aws-hub') as typeof import('./aws-hub')).buildAwsHub,
  'aws-network': () => (require('./aws-network') as typeof import('./aws-network')).buildAwsNetwork,
  'aws-nodes': () => (require('./aws-nodes') as typeof import('./aws-nodes')).buildAwsNodes,
  'azure-network': () => (require('./azure-network') as typeof import('./azure-network')).buildAzureNetwork,
  'azure-nodes': () => (require('./azure-nodes') as typeof import('./azure-nodes')).buildAzureNodes,
  'docker-nodes': () => (require('./docker-nodes') as typeof import('./docker-nodes')).buildDockerNodes,
  'docker-controller': () =>
    (require('./docker-controller') as typeof import('./docker-controller')).buildDockerController,
};
