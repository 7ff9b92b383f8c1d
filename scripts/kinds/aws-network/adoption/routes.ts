import type { StateInstance } from '../../../../terraform/state/state-file';
import { blocksOf, textOf } from './attributes';
import { idOf, type Things } from './things';

/** A route of a table: a resource of its own, or a block in the table. */
export interface FoundRoute {
  readonly destination: string;
  readonly gateway?: string;
  readonly natGateway?: string;
  /** Absent for a block. */
  readonly instance?: StateInstance;
}

/** The IPv4 routes of a table, each once: a refreshed table repeats those that are resources of their own. */
export function routesOf(table: StateInstance, things: Things): readonly FoundRoute[] {
  const own = things
    .where('aws_route', { route_table_id: idOf(table) })
    .flatMap((instance) =>
      routeOf(textOf(instance.attributes, 'destination_cidr_block'), instance.attributes, instance),
    );
  const inline = blocksOf(table.attributes, 'route').flatMap((block) =>
    routeOf(textOf(block, 'cidr_block'), block),
  );
  const taken = new Set(own.map(({ destination }) => destination));
  return [...own, ...inline.filter(({ destination }) => !taken.has(destination))];
}

function routeOf(
  destination: string | undefined,
  attributes: StateInstance['attributes'],
  instance?: StateInstance,
): readonly FoundRoute[] {
  if (destination === undefined) return [];
  const gateway = textOf(attributes, 'gateway_id');
  const natGateway = textOf(attributes, 'nat_gateway_id');
  return [
    {
      destination,
      ...(gateway === undefined ? {} : { gateway }),
      ...(natGateway === undefined ? {} : { natGateway }),
      ...(instance === undefined ? {} : { instance }),
    },
  ];
}

/** The route to everywhere. */
export function defaultRoute(table: StateInstance | undefined, things: Things): FoundRoute | undefined {
  if (table === undefined) return undefined;
  return routesOf(table, things).find(({ destination }) => destination === '0.0.0.0/0');
}
