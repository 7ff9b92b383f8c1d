import { existsSync } from 'node:fs';
import { Failure } from '../../../base/errors';
import { readIfThere } from '../../../base/files';
import { type DockerHost, dockerHostUrl } from '../../../model/docker/docker-host';
import { type Finding, failed, failedBy, noted, passed } from '../../report/finding';
import type { KindExamination } from '../kind';
import { Engine } from './engine';
import { hostOf, nodeOf } from './host-of';
import { knownName, readHostKeys } from './known-hosts';
import { type SshFiles, sshFiles } from './ssh-files';

/** Engines from this major version on refuse clients that are older than API 1.44 (moby's release notes). */
const REFUSING = 29;

/** Checks that each host is reached, that its engine answers, and that it has the address that the catalog says. */
export async function checkDockerHosts(examination: KindExamination): Promise<readonly Finding[]> {
  const { loaded, simulated, folders } = examination;
  const stacks = loaded.stacks.flatMap((stack) => (stack.kind === 'docker-nodes' ? [stack] : []));
  if (simulated) return [noted('Docker hosts', 'not asked: the sandbox has none')];
  const files = sshFiles(folders);
  const found = await Promise.all(
    stacks.map(async (stack) => {
      const host = hostOf(stack);
      const url = dockerHostUrl(host);
      const unasked = whyNotAsked(host, files);
      if (unasked !== undefined) return [noted(url, unasked, { text: 'ask it', command: 'plan' })];
      try {
        return await checkHost(examination, host, nodeOf(loaded, stack)?.node);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return [failedBy(error, url)];
      }
    }),
  );
  return found.flat();
}

/** A check trusts nobody: what was never confirmed is not asked. */
function whyNotAsked(host: DockerHost, { config, knownHosts }: SshFiles): string | undefined {
  if (host.kind === 'socket') return undefined;
  const known = new Set(readHostKeys(readIfThere(knownHosts) ?? '').map(({ name }) => name));
  const way = [host.login, ...(host.jump === undefined ? [] : [host.jump])];
  const unknown = way.map(knownName).find((name) => !known.has(name));
  if (unknown !== undefined) return `not asked: nobody has confirmed the key of ${unknown} yet`;
  return existsSync(config) ? undefined : 'not asked: no plan was made on this machine yet';
}

async function checkHost(
  { processes, folders }: KindExamination,
  host: DockerHost,
  node: { readonly card?: string; readonly address: string } | undefined,
): Promise<readonly Finding[]> {
  const url = dockerHostUrl(host);
  const engine = new Engine(processes, host, sshFiles(folders));
  const format = '{{.Server.Version}} {{.Server.APIVersion}}';
  const [version = '', api = ''] = (await engine.asked(['version', '--format', format])).trim().split(' ');
  const found = `Docker ${version}, API ${api}`;
  const isNew = Number(version.split('.')[0]) >= REFUSING;
  const answers = isNew
    ? passed(
        url,
        found,
        "a provider before 4.0 may be too old for it: write providers.docker.version: '>= 4.5.0, < 5.0.0'",
      )
    : passed(url, found);
  if (node?.card === undefined) return [answers];
  return [answers, await checkCard(engine, url, node.card, node.address)];
}

async function checkCard(engine: Engine, url: string, card: string, address: string): Promise<Finding> {
  const answer = await engine.onHost('ip', '-4', '-o', 'addr', 'show', 'dev', card);
  const has = [...answer.stdout.matchAll(/ inet ([0-9.]+)\//g)].map(([, one]) => one);
  if (has.includes(address)) return passed(`${url} ${card}`, `has ${address}`);
  const found =
    has.length === 0 ? `there is no card ${card} with an address` : `has ${has.join(', ')}, not ${address}`;
  return failed(`${url} ${card}`, found, 'correct interface or address of the host');
}
