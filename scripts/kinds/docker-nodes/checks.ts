import { dockerHostUrl } from '../../../model/docker/docker-host';
import { type Finding, failed, noted, passed } from '../../report/finding';
import type { Engine } from '../docker/engine';
import { checkHost } from '../docker/host-checks';
import { hostOf } from '../docker/stacks';
import type { KindExamination } from '../kind';
import { nodeOf } from './node-of';

/** Checks that each host is reached, that its engine answers, and that it has the address that the catalog says. */
export async function checkDockerHosts(examination: KindExamination): Promise<readonly Finding[]> {
  const { loaded, simulated } = examination;
  const stacks = loaded.stacks.flatMap((stack) => (stack.kind === 'docker-nodes' ? [stack] : []));
  if (simulated) return [noted('Docker hosts', 'not asked: the sandbox has none')];
  const found = await Promise.all(
    stacks.map((stack) => {
      const host = hostOf(stack);
      const { card, address } = nodeOf(loaded, stack)?.node ?? {};
      return checkHost(examination, host, async (engine) =>
        card === undefined || address === undefined
          ? []
          : [await checkCard(engine, dockerHostUrl(host), card, address)],
      );
    }),
  );
  return found.flat();
}

async function checkCard(engine: Engine, url: string, card: string, address: string): Promise<Finding> {
  const answer = await engine.onHost('ip', '-4', '-o', 'addr', 'show', 'dev', card);
  const has = [...answer.stdout.matchAll(/ inet ([0-9.]+)\//g)].map(([, one]) => one);
  if (has.includes(address)) return passed(`${url} ${card}`, `has ${address}`);
  const found =
    has.length === 0 ? `there is no card ${card} with an address` : `has ${has.join(', ')}, not ${address}`;
  return failed(`${url} ${card}`, found, 'correct interface or address of the host');
}
