import { isMap, isScalar, Scalar, YAMLMap } from 'yaml';
import { ValueError } from '../../model/value-error';
import { CLOUD_SECRETS } from '../../model/vault/cloud-secrets';
import { CUBBYHOLE, SecretReference } from '../../model/vault/secret-reference';
import { ROOT_KEYS } from '../environment/keys';
import { secretNames, UNNAMED_SECRETS, type VcpConfig, type VcpProvider } from './vcp-config';
import { emptyYaml, readYaml, type YamlFile } from './yaml-document';

/** A host's name (RFC 1123). */
const HOST_NAME =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/** What a secret is called in sections whose names for them are not published. */
const SECRET_NAME = /(password|secret|token|api_key)$/i;

/**
 * `vcp_config.yml` as the SDK reads it: four spaces of indent, texts in double quotes.
 *
 * What the catalog says beats what is there: its Vault's port, references of the catalog, and the controller's address, unless
 * the file has a name or a loopback address for it, as VCP's set-up pages tell users to write. All else that the user wrote
 * stays: comments, other keys and sections, a name, references to another place, the choice of an entry. A file that says
 * all of it already comes back as it is.
 *
 * @param existing the file as it is; see {@link keepsFromVcpConfig}
 * @param header a comment for the first line
 */
export function formatVcpConfig(config: VcpConfig, existing?: string, header?: string): string {
  const { document, root } = existingFile(existing) ?? emptyYaml();
  const before = JSON.stringify(document.toJS());
  update(root, config);
  const text =
    existing !== undefined && JSON.stringify(document.toJS()) === before
      ? existing
      : document.toString({ indent: 4, lineWidth: 0, flowCollectionPadding: false });
  const kept = existing !== undefined && isBlank(existing) ? existing.trimStart() : '';
  const whole = kept === '' || kept.endsWith('\n') ? kept + text : `${kept}\n${text}`;
  const line = header === undefined ? '' : `# ${header}\n`;
  return whole.startsWith(line) ? whole : line + whole;
}

/** One key of a file that writing it changes or adds. */
export interface VcpChange {
  /** `vcc.host` */
  readonly key: string;
  /** Absent where the key is new. */
  readonly before?: string;
  readonly after: string;
}

/** What {@link formatVcpConfig} would change in a file that is there; nothing where there is none. */
export function vcpConfigChanges(config: VcpConfig, existing: string | undefined): readonly VcpChange[] {
  const file = existingFile(existing);
  if (file === undefined) return [];
  const before = keysOf(file.root);
  update(file.root, config);
  return [...keysOf(file.root)].flatMap(([key, after]): VcpChange[] => {
    const was = before.get(key);
    if (was === after) return [];
    return [{ key, after, ...(was === undefined || was === '' ? {} : { before: was }) }];
  });
}

/** Each key of each section with its value as text. */
function keysOf(root: YAMLMap): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { key: section, value } of root.items) {
    if (!isMap(value)) continue;
    for (const { key, value: inner } of value.items) {
      const text = isScalar(inner) ? String(inner.value ?? '') : 'a list or a map';
      found.set(`${String(section)}.${String(key)}`, text);
    }
  }
  return found;
}

/**
 * Why a file must not be replaced: something of the user's would be lost, or a credential kept. Undefined where it may.
 *
 * @param config says where the catalog keeps its secrets. @default - where the hands-on does
 */
export function keepsFromVcpConfig(text: string, config?: Pick<VcpConfig, 'providers'>): string | undefined {
  if (isBlank(text)) return undefined;
  const file = existingFile(text);
  if (file === undefined) return 'is no YAML that can be updated (spaces, no tabs); correct it';
  const { root } = file;
  const own: readonly string[] = [...ROOT_KEYS];
  const reserved = own.find((name) => root.has(name));
  if (reserved !== undefined) return `is a catalog: it has "${reserved}"; move it away`;
  for (const [section, names] of sectionsOfOurs()) {
    const node: unknown = root.get(section, true);
    if (isEmpty(node)) continue;
    if (!isMap(node)) return `has something else than keys in "${section}"; correct it`;
    const guessed = UNNAMED_SECRETS.has(section) ? namesIn(node).filter((key) => SECRET_NAME.test(key)) : [];
    const name = [...names, ...guessed].find((key) => isCredential(node.get(key, true)));
    if (name === undefined) continue;
    return `has a value in ${section}.${name} that is no vault:// reference (not shown); keep it with kakehashi secret put ${placeOf(section, name, config)}, then empty that line`;
  }
  return undefined;
}

/** Each section that may be ours, with the keys that hold its secrets, also as the SDK's manual spells them (`sakura_token`). */
function sectionsOfOurs(): readonly (readonly [string, readonly string[]])[] {
  const clouds = Object.keys(CLOUD_SECRETS).map((cloud) => {
    const names = secretNames(cloud);
    return [cloud, [...names, ...names.map((name) => `${cloud}_${name}`)]] as const;
  });
  const others = [...UNNAMED_SECRETS].map((section) => [section, []] as const);
  return [['vcc', []], ['onpremises', []], ...others, ...clouds];
}

function namesIn({ items }: YAMLMap): readonly string[] {
  return items.map(({ key }) => String(key));
}

/** Where a secret of a section is kept; the SDK's manual may have spelled its key. */
function placeOf(section: string, name: string, config?: Pick<VcpConfig, 'providers'>): string {
  const secrets = config?.providers.find((provider) => provider.name === section)?.secrets;
  const short = name.replace(`${section}_`, '');
  const place = secrets?.[name] ?? secrets?.[short];
  return (
    place?.reference.toString() ?? `vault://${CUBBYHOLE}/${section}/${segmentsOf(section)[name] ?? short}`
  );
}

function segmentsOf(section: string): Readonly<Record<string, string>> {
  return Object.entries(CLOUD_SECRETS).find(([cloud]) => cloud === section)?.[1] ?? {};
}

function update(root: YAMLMap, { controller, providers }: VcpConfig): void {
  const vcc = sectionIn(root, 'vcc');
  if (!isOwnHost(vcc.get('host'))) setText(vcc, 'host', controller.host);
  if (isEmpty(vcc.get('name', true))) setText(vcc, 'name', controller.name);
  if (controller.vaultPort !== undefined && vcc.get('vault_port') !== controller.vaultPort)
    vcc.set('vault_port', controller.vaultPort);
  for (const provider of providers) updateProvider(sectionIn(root, provider.name), provider);
}

/** A name, or an address of the machine itself: the SDK reaches the controller by it from where the SDK is. */
function isOwnHost(host: unknown): boolean {
  if (typeof host !== 'string') return false;
  if (host === '::1' || /^127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$/.test(host)) return true;
  return HOST_NAME.test(host) && !/^[0-9.]+$/.test(host);
}

function updateProvider(section: YAMLMap, { secrets, networks }: VcpProvider): void {
  for (const [name, { reference, stated }] of Object.entries(secrets)) {
    if (stated || isEmpty(section.get(name, true))) setText(section, name, reference.toString());
  }
  const chosen = section.get('private_network');
  if (typeof chosen !== 'string' || !networks.includes(chosen))
    setText(section, 'private_network', networks[0]);
}

/** The map below a key, made where there is none. */
function sectionIn(root: YAMLMap, name: string): YAMLMap {
  const node: unknown = root.get(name, true);
  if (isMap(node)) return node;
  const section = new YAMLMap();
  if (isScalar(node)) section.commentBefore = commentsOf(node);
  root.set(name, section);
  return section;
}

/** What stands beside and below a key that has nothing else yet. */
function commentsOf({ comment, commentBefore }: Scalar): string | undefined {
  const lines = [commentBefore, comment].filter((text) => typeof text === 'string');
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** Sets a text; one that is there keeps its style and its comment where it says the same. */
function setText(map: YAMLMap, key: string, value: string): void {
  const node: unknown = map.get(key, true);
  if (isScalar(node)) {
    if (node.value === value) return;
    node.value = value;
    node.type = Scalar.QUOTE_DOUBLE;
    return;
  }
  const scalar = new Scalar(value);
  scalar.type = Scalar.QUOTE_DOUBLE;
  map.set(key, scalar);
}

function existingFile(text: string | undefined): YamlFile | undefined {
  return text === undefined || isBlank(text) ? undefined : readYaml(text);
}

/** Comments alone are nothing to be kept: the header of an earlier run is one. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|$)/.test(line));
}

function isEmpty(node: unknown): boolean {
  return node === undefined || (isScalar(node) && (node.value === null || node.value === ''));
}

function isCredential(node: unknown): boolean {
  if (isEmpty(node)) return false;
  return !isScalar(node) || typeof node.value !== 'string' || !isReference(node.value);
}

function isReference(text: string): boolean {
  try {
    return SecretReference.parse(text).toString() === text;
  } catch (error) {
    if (error instanceof ValueError) return false;
    throw error;
  }
}
