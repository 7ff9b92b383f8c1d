import type { AdoptionInput, AdoptionReading, KindAdoption } from '../../adoption';
import { AWS_DISCOVERY } from './discovery';
import { entriesOf } from './entry';
import { findNetwork } from './found-network';
import { findObject, ruleQuestions } from './objects';
import { coveredRules } from './rules';
import { AWS_ADOPTED_ROLES, AWS_ADOPTED_TYPES } from './types';

/** How a network on AWS that something else made becomes one of the catalog. */
export const AWS_ADOPTION: KindAdoption = {
  provider: 'aws',
  source: 'hashicorp/aws',
  types: AWS_ADOPTED_TYPES,
  roles: AWS_ADOPTED_ROLES,
  discovery: AWS_DISCOVERY,
  read,
};

function read(input: AdoptionInput): AdoptionReading {
  const network = findNetwork(input);
  const { entry, further, notes } = entriesOf(network, input);
  const { vpcId, vpcCidr, region, vpn } = network;
  return {
    title: `VPC ${vpcId} (${vpcCidr}) in ${region}`,
    entry,
    further,
    notes,
    questions: ruleQuestions(network),
    find: (target, answers) => findObject(network, target, answers),
    covered: [...(vpn?.attachment === undefined ? [] : [vpn.attachment]), ...coveredRules(network)],
  };
}
