import { mergeClaims } from '../../ground/claims';
import { ProblemList } from '../../ground/problem-list';
import { placeOf } from '../../nodes/place-of';
import { readAwsSettings } from '../aws/settings';
import type { KindReading, KindSource, StackKind } from '../kind';
import { checkGroup } from './checks';
import { claimsOf } from './claims';
import { finishGroup } from './finish';
import { NODE_GROUP } from './keys';
import type { AwsNodesCatalog } from './nodes';
import { type AwsNodesPlace, PLACE } from './place';
import { readGroups } from './read';

/** A group of nodes in a network of AWS. */
export const AWS_NODES: StackKind<'aws-nodes', AwsNodesCatalog, AwsNodesPlace> = {
  name: 'aws-nodes',
  sections: {},
  groups: { provider: 'aws', spotProvider: 'aws_spot', shape: NODE_GROUP },
  read: readNodes,
  lock: {
    provider: 'aws',
    shape: PLACE,
    format: ({ region }) => `region: ${region}`,
    idPattern: (environment) => `${environment}-nodes-<group>`,
  },
};

function readNodes(
  { root, groups: places }: KindSource,
  problems: ProblemList,
): KindReading<AwsNodesCatalog, AwsNodesPlace> {
  // What is wrong with them, the networks' kind reports.
  const settings = readAwsSettings(root.below('providers', 'aws'), new ProblemList());
  const groups = readGroups(root, places, problems);
  return {
    identities: groups.map(({ key, group }) => ({ key, where: group.place.keyAt(), parts: [] })),
    claims: mergeClaims(groups.map(claimsOf)),
    check: (around, list) => {
      for (const group of groups) checkGroup(group, around, list);
    },
    finish: (around) => {
      const finished = groups.map((group) => finishGroup(group, settings, around));
      return {
        model: { settings, groups: finished },
        networks: [],
        groups: finished,
        stacks: finished.map(({ key, region, entry }) => {
          const network = placeOf(entry, around)?.network;
          return {
            id: around.identities.idOf(key),
            group: key,
            place: { region },
            members: [key],
            requires: network === undefined ? [] : [around.identities.idOf(network)],
          };
        }),
        credentials: {},
      };
    },
  };
}
