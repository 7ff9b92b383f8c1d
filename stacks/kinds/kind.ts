import type { App } from 'cdktf';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { CatalogStackProps } from '../catalog-stack';

/**
 * Builds the CDKTF stack of one stack of the catalog. For a stack that is gone it builds the provider alone, so that the plan
 * shows the destruction of what the state still holds.
 */
export type StackBuilder<K extends Kind> = (
  app: App,
  stack: Stack<K>,
  loaded: Loaded,
  props: CatalogStackProps,
) => void;
