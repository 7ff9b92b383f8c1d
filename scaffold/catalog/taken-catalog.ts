import { Document, parseDocument } from 'yaml';
import type { Answers } from '../set-keys';
import { withModeline } from './modeline';
import { backend } from './new-catalog';

/** Files of a controller from which a catalog is made. */
export interface TakenFiles {
  /** The text of its `vpn_catalog.yml`, which was read and checked. */
  readonly catalog: string;
  /** The text of the `sakura_config.yml` beside it, where there is one and the catalog has no section of that name. */
  readonly sakuraConfig?: string;
}

/**
 * A controller's catalog as the first one of a project: its entries stay as they are, with their comments, and are adopted.
 * The site is added where the answers have it, for what is created later.
 */
export function takenCatalog({ catalog, sakuraConfig }: TakenFiles, answers: Answers): string {
  const added = [...siteOf(answers), ...remoteBackend(answers), ...pools(sakuraConfig)];
  const begun = withModeline(catalog);
  if (added.length === 0) return begun;
  const end = begun.includes('\r\n') ? '\r\n' : '\n';
  return `${begun.replace(/(?:\r?\n)*$/, '')}${end}${added.join(end)}${end}`;
}

function siteOf({ controller, public_ip, subnets, asn }: Answers): readonly string[] {
  if (controller === undefined && public_ip === undefined) return [];
  return [
    '# The on-premises end of the tunnels.',
    'site:',
    ...(controller === undefined ? [] : [`  controller: ${controller}`]),
    ...(public_ip === undefined ? [] : [`  public_ip: ${public_ip}`]),
    ...(subnets === undefined ? [] : [`  subnets: [${subnets.split(',').join(', ')}]`]),
    ...(asn === undefined ? [] : [`  asn: ${asn}`]),
  ];
}

function remoteBackend(answers: Answers): readonly string[] {
  return answers.state_bucket === undefined && answers.state_account === undefined ? [] : backend(answers);
}

/** The addresses for nodes as the catalog's own section. */
function pools(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const document = new Document({});
  document.set('sakura_config', parseDocument(text, { logLevel: 'silent' }).contents);
  return ['# Addresses for nodes, from sakura_config.yml.', ...document.toString().trimEnd().split('\n')];
}
