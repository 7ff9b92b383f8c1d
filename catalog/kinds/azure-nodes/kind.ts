import { AZURE_LOCATION } from '../../adopted/azure';
import { mergeClaims } from '../../ground/claims';
import { ProblemList } from '../../ground/problem-list';
import { placeOf } from '../../nodes/place-of';
import type { Infer } from '../../shape/shape';
import { map, required, text } from '../../shape/shapes';
import { readAzureSettings } from '../azure/settings';
import type { KindReading, KindSource, StackKind } from '../kind';
import { checkGroup } from './checks';
import { claimsOf } from './claims';
import { finishGroup } from './finish';
import type { AzureNodesCatalog } from './group';
import { AZURE_GROUP } from './keys';
import { readGroups } from './read';

/** Where the nodes of a group are. */
const PLACE = map({
  region: required(text(AZURE_LOCATION), "where the group's nodes are, in Azure's form: japaneast"),
});
export type AzureNodesPlace = Infer<typeof PLACE>;

/** A group of nodes in a virtual network on Azure. */
export const AZURE_NODES: StackKind<'azure-nodes', AzureNodesCatalog, AzureNodesPlace> = {
  name: 'azure-nodes',
  sections: {},
  groups: { provider: 'azure', shape: AZURE_GROUP },
  read: readNodes,
  lock: {
    provider: 'azurerm',
    shape: PLACE,
    format: ({ region }) => `region: ${region}`,
    idPattern: (environment) => `${environment}-nodes-<group>`,
  },
};

function readNodes(
  { root, groups: found }: KindSource,
  problems: ProblemList,
): KindReading<AzureNodesCatalog, AzureNodesPlace> {
  // What is wrong with them, the networks' kind reports.
  const settings = readAzureSettings(root.below('providers', 'azurerm'), new ProblemList());
  const groups = readGroups(root, found, problems);
  return {
    identities: groups.map(({ key, place }) => ({ key, where: place.keyAt(), parts: [] })),
    claims: mergeClaims(groups.map(claimsOf)),
    check: (around, list) => {
      for (const group of groups) checkGroup(group, settings, around, list);
    },
    finish: (around) => {
      const finished = groups.map((group) => finishGroup(group, around));
      return {
        model: { settings, groups: finished },
        networks: [],
        groups: finished,
        stacks: finished.map(({ key, entry, location }) => {
          const network = placeOf(entry, around)?.network;
          return {
            id: around.identities.idOf(key),
            group: key,
            place: { region: location },
            members: [key],
            requires: network === undefined ? [] : [around.identities.idOf(network)],
          };
        }),
        credentials: {},
      };
    },
  };
}
