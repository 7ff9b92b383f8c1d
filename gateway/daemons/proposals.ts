import { type DaemonCapabilities, daemonCapabilities } from '../../model/gateway/capabilities';
import type { GatewaySite } from '../../model/gateway/host';
import type { Proposal } from '../../model/tunnel/proposal';
import { ValueError } from '../../model/value-error';

/** A tunnel's proposals as the daemon spells them. */
export function daemonProposals(
  site: GatewaySite,
  part: 'ike' | 'esp',
  proposals: readonly Proposal[],
): string {
  const { daemon, version } = site.gateway;
  const capabilities = daemonCapabilities(daemon, version);
  if (!capabilities) throw new ValueError('a known version of the daemon', `${daemon} ${version}`);
  const spell = daemon === 'libreswan' ? libreswan : strongswan;
  return proposals.map((proposal) => spell(proposal, part, capabilities)).join(',');
}

/** `aes_gcm256-sha2_384;dh20`; in ESP `aes_gcm256;dh20`. */
function libreswan(proposal: Proposal, _: 'ike' | 'esp', capabilities: DaemonCapabilities): string {
  const { encryption, integrity, group } = spelled(proposal, capabilities);
  return `${[encryption, ...integrity].join('-')};${group}`;
}

/** `aes256gcm16-prfsha384-ecp384`; in ESP `aes256gcm16-ecp384`: with GCM the hash is for the pseudo-random function alone. */
function strongswan(proposal: Proposal, part: 'ike' | 'esp', capabilities: DaemonCapabilities): string {
  const { encryption, integrity, group } = spelled(proposal, capabilities);
  const isPrf = part === 'ike' && proposal.encryption.includes('GCM');
  return [encryption, ...integrity.map((name) => (isPrf ? `prf${name}` : name)), group].join('-');
}

function spelled(
  { encryption, integrity, dh_group }: Proposal,
  { tried, ...names }: DaemonCapabilities,
): { encryption: string; integrity: string[]; group: string } {
  const find = (table: Readonly<Record<string, string>>, name: string | number): string => {
    const spelling = table[name];
    if (spelling === undefined)
      throw new ValueError(`an algorithm that the daemon (${tried}) has`, String(name));
    return spelling;
  };
  return {
    encryption: find(names.encryption, encryption),
    integrity: integrity === undefined ? [] : [find(names.integrity, integrity)],
    group: find(names.dhGroups, dh_group),
  };
}
