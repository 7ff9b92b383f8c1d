import type { AttachmentClaim, Claims, HubClaim } from '../ground/claims';

/** What hubs and the networks on them are looked up in: an environment, and the others of its folder. */
export interface HubSurroundings {
  readonly environment: string;
  readonly claims: Claims;
  readonly neighbours: readonly { readonly environment: string; readonly claims: Claims }[];
}

/** A hub where it is made, or named by its id. */
export interface FoundHub extends HubClaim {
  /** The environment that says what it is. */
  readonly of: string;
}

/** A network on a hub. */
export interface FoundAttachment extends AttachmentClaim {
  readonly environment: string;
}

/** The hub that a name means in the environment; undefined where there is none. */
export function hubOf(name: string, around: HubSurroundings): FoundHub | undefined {
  const own = around.claims.hubs.find((hub) => hub.name === name);
  if (own === undefined) return undefined;
  const { environment } = own;
  if (environment === undefined) return { ...own, of: around.environment };
  const maker = around.neighbours.find((neighbour) => neighbour.environment === environment);
  const made = maker?.claims.hubs.find((hub) => hub.name === name && hub.environment === undefined);
  return made && { ...made, of: environment };
}

/** All networks of the folder that are on a hub. @param of - the environment that says what the hub is */
export function attachmentsOf(name: string, of: string, around: HubSurroundings): readonly FoundAttachment[] {
  const all = [{ environment: around.environment, claims: around.claims }, ...around.neighbours];
  return all.flatMap(({ environment, claims }) => {
    const named = claims.hubs.find((hub) => hub.name === name);
    if (named === undefined || (named.environment ?? environment) !== of) return [];
    return claims.attachments
      .filter(({ hub }) => hub === name)
      .map((attachment) => ({ ...attachment, environment }));
  });
}

/** The table of a hub that a network is in; undefined where it names none that the hub has, and where the hub has one by its id. */
export function routeTableOf(
  { routeTable }: AttachmentClaim,
  { routeTables }: HubClaim,
  environment: string,
): string | undefined {
  if (routeTable !== undefined) return routeTables.includes(routeTable) ? routeTable : undefined;
  if (routeTables.includes(environment)) return environment;
  return routeTables.length === 1 ? routeTables[0] : undefined;
}
