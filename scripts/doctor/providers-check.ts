import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Loaded } from '../../catalog/environment/catalog';
import { admits } from '../../catalog/shape/version-constraint';
import { shortened } from '../../vault/shortened';
import { type Finding, failed, noted, passed } from '../report/finding';
import { foldersOf } from '../session/folders';
import { initStamp, writtenStamp } from '../session/init';
import { type Check, type Examination, ofCatalog } from './check';
import { hasAnswered, isAboutProviders, withoutDownload } from './no-download';
import type { TerraformBlock } from './trial';

const TIMEOUT_SECONDS = 30;

/** A provider that nobody has. Where all sources are folders, Terraform's error names them, and nobody else is asked. */
const NOBODY = 'kakehashi-doctor/none';

/** A provider that the environment's stacks need. */
interface Needed {
  readonly source: string;
  readonly version: string;
}

/**
 * Checks that the providers can be had: they are installed for each stack, or the registry, mirror or folder that Terraform is
 * told to use answers for them. Terraform itself asks, so its configuration, proxies and credentials count.
 */
export const PROVIDERS_CHECK: Check = ofCatalog('providers', async (examination, loaded) => {
  if (examination.settings.sandbox) return [noted('providers', 'not looked for: the sandbox simulates them')];
  const blocks = await examination.trial.blocks(loaded.stacks);
  const missing = uninstalled(examination, loaded, blocks);
  const all = neededBy([...blocks.values()]);
  const lacking = neededBy(missing);
  const installed = all.filter(({ source }) => lacking.every((one) => one.source !== source));
  const findings = installed.map(({ source }) => passed(source, 'installed for all stacks'));
  return lacking.length === 0 ? findings : [...findings, ...(await available(examination, lacking))];
});

/** The blocks of stacks that must be initialised before they can be planned. */
function uninstalled(
  { environment, settings, binary }: Examination,
  { stacks }: Loaded,
  blocks: ReadonlyMap<string, TerraformBlock>,
): readonly TerraformBlock[] {
  const { catalogDirectory, sandbox } = settings;
  const folders = foldersOf(environment, { sandbox, catalogDirectory });
  const found = binary.value;
  const circumstances =
    found === undefined ? undefined : { simulated: false, terraform: `${found.flavor} ${found.version}` };
  return stacks.flatMap(({ id }) => {
    const block = blocks.get(id) ?? {};
    const providers = path.join(folders.root, folders.out, 'stacks', id, '.terraform/providers');
    const isReady =
      circumstances !== undefined &&
      existsSync(providers) &&
      writtenStamp(folders, id) === initStamp(block, circumstances, folders.root);
    return isReady ? [] : [block];
  });
}

function neededBy(blocks: readonly TerraformBlock[]): readonly Needed[] {
  const needed = new Map<string, Needed>();
  for (const { required_providers = {} } of blocks) {
    for (const [name, { source: given = name, version = '' }] of Object.entries(required_providers)) {
      const source = given.includes('/') ? given : `hashicorp/${given}`;
      needed.set(`${source} ${version}`, { source, version });
    }
  }
  return [...needed.values()];
}

/** What the sources say of providers that must be installed. */
async function available(
  { trial, terraform, downloads }: Examination,
  lacking: readonly Needed[],
): Promise<readonly Finding[]> {
  const { variables } = await terraform();
  const named = lacking.map(({ source }, index) => [`provider${index}`, { source }] as const);
  const block = { required_providers: Object.fromEntries(named) };
  const { kind, errors } = await trial.init(withoutDownload(block), variables, TIMEOUT_SECONDS);
  if (kind === 'silent') {
    const found = `no answer from the registry or mirror within ${TIMEOUT_SECONDS} s`;
    return [failed('providers', found, ...NETWORK)];
  }
  const other = errors.find((error) => !isAboutProviders(error));
  if (other !== undefined) return [failed('providers', shortened(other, 300), ...NETWORK)];
  const folders = errors.some(hasAnswered) ? await foldersOfProviders(trial, variables) : [];
  if (folders.length === 0) downloads.push(...lacking.map(({ source }) => source));
  return lacking.map((needed) => {
    const own = errors.find(
      (error) => error.includes(`provider ${needed.source}:`) || error.includes(`${needed.source} `),
    );
    if (own === undefined) return passed(needed.source, 'Terraform is told to take a local one');
    if (!hasAnswered(own)) return failed(needed.source, causeOf(own), ...NETWORK);
    return folders.length === 0
      ? passed(needed.source, 'the registry or mirror answers; the download itself is not tried')
      : inFolders(needed, folders);
  });
}

const NETWORK = [
  'check the network and the proxy',
  'name a mirror in the file of TF_CLI_CONFIG_FILE',
] as const;

/** `could not connect to registry.terraform.io: …` */
function causeOf(error: string): string {
  const [, cause = error] =
    /list of available versions for provider \S+: (.*?)(?: To see which modules|$)/.exec(error) ?? [];
  return shortened(cause, 300);
}

/** The folders that are Terraform's only sources; none where it may ask a server. */
async function foldersOfProviders(
  trial: Examination['trial'],
  variables: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const block = withoutDownload({ required_providers: { none: { source: NOBODY } } });
  const { errors } = await trial.init(block, variables, TIMEOUT_SECONDS);
  const [, list] = /not found in any of the search locations((?: - \S+)+)/.exec(errors.join(' ')) ?? [];
  return list === undefined ? [] : list.split(' - ').filter((folder) => folder !== '');
}

/** Whether one of the folders has a version that fits. */
function inFolders({ source, version }: Needed, folders: readonly string[]): Finding {
  const found = [...new Set(folders.flatMap((folder) => versionsIn(folder, source)))].sort();
  const fitting = found.filter((one) => version === '' || admits(version, one));
  const places = folders.join(', ');
  if (fitting.length > 0) return passed(source, `${fitting.join(', ')} in ${places}`);
  const has = found.length === 0 ? 'none' : found.join(', ');
  const message = `no version in ${places} is ${version}: there is ${has}`;
  return failed(source, message, 'put one there', 'change providers.<name>.version in the catalog');
}

/** The versions in a mirror: `<host>/<namespace>/<type>/<version>/`, or packages `terraform-provider-<type>_<version>_<platform>.zip`. */
function versionsIn(folder: string, source: string): readonly string[] {
  return namesIn(folder).flatMap((host) =>
    namesIn(path.join(folder, host, source)).flatMap((name) => {
      const [, packed] = /^terraform-provider-[^_]+_([^_]+)_.*\.zip$/.exec(name) ?? [];
      const version = packed ?? name;
      return /^\d+\.\d+\.\d+/.test(version) ? [version] : [];
    }),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
