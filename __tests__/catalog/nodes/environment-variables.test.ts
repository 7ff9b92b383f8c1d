import { readVariables } from '../../../catalog/nodes/environment-variables';
import { list, optional, TEXT } from '../../../catalog/shape/shapes';
import { groupOf, linesOf } from './group-text';

function variablesOf(...items: readonly string[]) {
  const { place, problems } = groupOf({ e: optional(list(TEXT), 'e') }, `e: ${JSON.stringify(items)}\n`);
  return { variables: readVariables(place.below('e'), problems), lines: linesOf(problems) };
}

it('reads values and references', () => {
  const { variables, lines } = variablesOf(
    'NFS_AUTOSTART=true',
    'EMPTY=',
    'A=b=c',
    'DB=vault://secret/db/password',
  );
  expect(lines).toEqual([]);
  expect(variables.map(({ name, value }) => [name, String(value)])).toEqual([
    ['NFS_AUTOSTART', 'true'],
    ['EMPTY', ''],
    ['A', 'b=c'],
    ['DB', 'vault://secret/db/password'],
  ]);
});

it.each([
  'DB_PASSWORD=x',
  'password=x',
  'TOKEN=abc',
  'AWS_SECRET_ACCESS_KEY=x',
  'AWS_ACCESS_KEY_ID=x',
  'apikey=x',
  'API_KEY=x',
  'X=AKIAIOSFODNN7EXAMPLE',
  'X=hvs.0123456789abcdefghijklmn',
  'X=s.0123456789abcdefghijklmn',
  'X=ghp_0123456789abcdefghijklmn',
  'X=eyJhbGciOi.eyJzdWIi.x',
])('%s looks like a credential, and is not shown', (item) => {
  const { variables, lines } = variablesOf(item);
  const [name = '', value = ''] = item.split('=');
  expect(variables).toEqual([]);
  expect(lines).toEqual([
    `1:5 e[0]: "${name}" looks like a credential, which never stands in a catalog | keep it in Vault and write ${name}=vault://…, which each node fetches itself`,
  ]);
  if (value.length > 3) expect(lines.join()).not.toContain(value);
});

it.each(['MONKEY=x', 'TOKENIZERS_PARALLELISM=false', 'PASSWORD=', 'PASSENGER_ROOT=/srv'])(
  '%s is no credential',
  (item) => {
    expect(variablesOf(item).lines).toEqual([]);
  },
);

it.each([
  ['s3cr3t', 'must be NAME=value or NAME=vault://…, got something else, not shown'],
  ['1A=b', 'must be NAME=value or NAME=vault://…, got something else, not shown'],
  ['DB=vault://secret', 'DB must be a reference like vault://secret/db, got an engine without a path'],
  ['MY_PRIVATE_IP=10.0.0.1', 'MY_PRIVATE_IP is what each node sets itself | remove it'],
  [
    'AUTHORIZED_KEYS=abc',
    'AUTHORIZED_KEYS is what each node sets itself | remove it, and write ssh_public_keys',
  ],
])('%s is refused', (item, message) => {
  expect(variablesOf(item).lines).toEqual([`1:5 e[0]: ${message}`]);
});

it('refuses a name that is set twice', () => {
  expect(variablesOf('A=1', 'A=2').lines).toEqual(['1:11 e[1]: A is set twice | remove one of the two']);
});
