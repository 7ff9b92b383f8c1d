import { CatalogStack } from '../catalog-stack';
import type { StackBuilder } from './kind';

/** Builds a virtual network of the catalog. */
export const buildAzureNetwork: StackBuilder<'azure-network'> = (app, stack, _loaded, props) => {
  new CatalogStack(app, stack.id, props);
};
