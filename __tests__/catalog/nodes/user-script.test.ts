import path from 'node:path';
import { CLOUD_GROUP_KEYS } from '../../../catalog/nodes/keys';
import { MOST_SCRIPT_BYTES, readUserScript } from '../../../catalog/nodes/user-script';
import { folderOf } from '../folder-of';
import { groupOf, linesOf } from './group-text';

const { user_init_command } = CLOUD_GROUP_KEYS;

function scriptOf(text: string, files: Readonly<Record<string, string>> = {}) {
  const folder = folderOf(files);
  const { place, draft, problems } = groupOf({ user_init_command }, text, path.join(folder, 'dev.yml'));
  const given = draft.userInitCommand;
  const script =
    given === undefined ? undefined : readUserScript(place.below('user_init_command'), given, problems);
  return { script, lines: linesOf(problems).map((line) => line.replaceAll(`${folder}/`, '')) };
}

it('takes a script of several lines, and one in a file beside the catalog', () => {
  const script = '#!/bin/sh\necho ready\n';
  expect(scriptOf('user_init_command: |\n  #!/bin/sh\n  echo ready\n')).toEqual({ script, lines: [] });
  expect(scriptOf('user_init_command: { file: init/a.sh }\n', { 'init/a.sh': script })).toEqual({
    script,
    lines: [],
  });
});

it('takes 93 KiB and no byte more', () => {
  const head = '#!/bin/sh\n';
  const longest = `${head}${'#'.repeat(MOST_SCRIPT_BYTES - head.length)}`;
  const catalog = 'user_init_command: { file: a.sh }\n';
  expect(scriptOf(catalog, { 'a.sh': longest }).lines).toEqual([]);
  expect(scriptOf(catalog, { 'a.sh': `${longest}#` }).lines).toEqual([
    '1:28 user_init_command.file: must have at most 95232 bytes (93 KiB), got 95233 | fetch what is large from within the script',
  ]);
});

it.each([
  [
    'user_init_command: echo ready',
    '1:20 user_init_command: must begin with a shebang, the program that runs it | write #!/bin/sh as its first line',
  ],
  ['user_init_command: { file: none.sh }', '1:1 : there is no such file'],
  [
    'user_init_command: { file: ../a.sh }',
    '1:28 user_init_command.file: must be a file of the folder of catalogs like init.sh, got "../a.sh"',
  ],
  ['user_init_command: {}', '1:1 user_init_command: key "file" is missing: the script | write file: init.sh'],
])('%s is refused', (text, line) => {
  expect(scriptOf(`${text}\n`).lines).toEqual([line]);
});

it('refuses line ends of Windows', () => {
  expect(scriptOf('user_init_command: { file: a.sh }\n', { 'a.sh': '#!/bin/sh\r\n' }).lines).toEqual([
    '1:28 user_init_command.file: has line ends of Windows, with which its first line names no program | save it with line ends of Unix',
  ]);
});
