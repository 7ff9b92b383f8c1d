import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { stays } from '../../../../terraform/plan/planned-graph';
import { because } from './attribute-words';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

/** A VPN of its own, or that of a hub. */
export const WAYS_TO_THE_SITE = ['aws_vpn_connection', 'aws_ec2_transit_gateway_vpc_attachment'];

/** What a plan does to the VPC itself. Where it is replaced or goes, all in it does, and nothing else needs to be said. */
export function vpcEffects({ graph }: PlannedNetwork): Told {
  const vpc = graph.of('aws_vpc')[0];
  if (vpc === undefined || stays(vpc)) return NOTHING_TOLD;
  const cidr = vpc.before.cidr_block ?? vpc.after.cidr_block ?? '';
  if (creates(vpc))
    return {
      effects: [{ change: 'VPC added', what: `VPC ${cidr} is created`, isComplete: true }],
      covers: (change) => change === vpc,
    };
  if (removes(vpc)) {
    const hasVpn = WAYS_TO_THE_SITE.some((type) => graph.of(type, 'before').length > 0);
    return { effects: [destroyEffect(String(cidr), hasVpn)], covers: () => true };
  }
  if (!isReplaced(vpc)) return NOTHING_TOLD;
  const from = vpc.before.cidr_block;
  const to = vpc.after.cidr_block;
  const why = from === to ? because(vpc) : ` (CIDR block ${from} → ${to})`;
  const addresses = graph
    .of('aws_eip')
    .filter(stays)
    .map(({ before }) => String(before.public_ip));
  const hasTunnels = WAYS_TO_THE_SITE.some((type) => graph.of(type, 'after').length > 0);
  const effect: Effect = {
    change: 'VPC replaced',
    what: `the VPC is REPLACED${why}, with all its subnets`,
    isComplete: true,
    further: [
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use; new nodes get other addresses',
      ...(hasTunnels
        ? [
            'the site reaches no node from the apply until the gateway host has loaded its new files; the tunnels and their keys stay',
          ]
        : []),
      ...(addresses.length > 0 ? [`the public address of its nodes stays ${addresses.join(', ')}`] : []),
    ],
  };
  return {
    effects: [effect],
    covers: ({ type }) => type !== 'aws_vpn_connection' && type !== 'aws_customer_gateway',
  };
}

/** A VPC that goes with all that is in it. */
export function destroyEffect(cidr: string | undefined, hasVpn: boolean): Effect {
  const vpc = cidr === undefined ? 'the VPC' : `VPC ${cidr}`;
  const lost = hasVpn ? ': the site and its nodes no longer reach each other' : '';
  return {
    change: 'VPC destroyed',
    what: `${vpc} is DESTROYED, with all that is in it${lost}`,
    isComplete: true,
    further: ['delete all its nodes first, because AWS refuses to delete a VPC that is in use'],
  };
}
