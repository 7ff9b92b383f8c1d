import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { diffFolder, formatChanges } from '../../../gateway/folder/diff';
import { writeFolder } from '../../../gateway/folder/write';
import { renderGateway } from '../../../gateway/render/host-files';
import { GatewayKey } from '../../../model/gateway/key';
import { SAMPLE_KEYS, sampleConnection, sampleHost, sampleKey } from '../sample-host';
import { folderForEachTest, hostFile } from '../temporary-folder';

const folder = folderForEachTest();
const at = (name: string): string => path.join(folder.path, name);
const NEW_KEY = 'PlantedKey.new_1';
const withNewKey = (daemon: 'libreswan' | 'strongswan', version: number) =>
  renderGateway(
    sampleHost({ daemon, version }, [
      sampleConnection({ key: (index) => sampleKey(index === 0 ? NEW_KEY : SAMPLE_KEYS[1]) }),
    ]),
  );

describe('diffFolder', () => {
  it('finds nothing where the folder is as it would be written', () => {
    const files = renderGateway(sampleHost());
    writeFolder(folder.path, files);
    expect(diffFolder(folder.path, files)).toEqual([]);
    expect(formatChanges([])).toBe('nothing changes');
  });

  it('has every file as added where there is no folder, without a key', () => {
    const files = renderGateway(sampleHost());
    const changes = diffFolder(at('none'), files);
    expect(changes.map((change) => [change.path, change.kind])).toEqual(
      files.map((file) => [file.path, 'added']),
    );
    const all = JSON.stringify(changes);
    for (const key of SAMPLE_KEYS) expect(all).not.toContain(key);
    expect(all).toContain('203.0.113.1 : PSK \\"(secret)\\"');
  });

  it('sorts by path, and shows a change as a unified diff', () => {
    folder.put('b', 'one\ntwo\nthree\n');
    const changes = diffFolder(folder.path, [hostFile('b', 'one\n2\nthree\n'), hostFile('a', 'new\n')]);
    expect(changes).toEqual([
      { path: 'a', kind: 'added', patch: '--- /dev/null\n+++ a\n@@ -0,0 +1,1 @@\n+new\n' },
      { path: 'b', kind: 'changed', patch: '--- b\n+++ b\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n' },
    ]);
    expect(formatChanges(changes)).toBe(
      '  + a  new, 1 line\n  ~ b  +1 -1\n\n--- b\n+++ b\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three',
    );
  });

  it('knows what would be removed, and leaves out what is not ours', () => {
    writeFolder(folder.path, [hostFile('ours', 'text\n')]);
    folder.put('mine', '');
    const changes = diffFolder(folder.path, []);
    expect(changes).toEqual([
      { path: 'ours', kind: 'removed', patch: '--- ours\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-text\n' },
    ]);
    expect(formatChanges(changes)).toBe('  - ours  no longer needed');
  });

  it('says when the mode alone is wrong', () => {
    chmodSync(folder.put('keys', ''), 0o644);
    const changes = diffFolder(folder.path, [hostFile('keys', '', 0o600)]);
    expect(changes).toEqual([{ path: 'keys', kind: 'mode', patch: 'mode 644 -> 600\n' }]);
    expect(formatChanges(changes)).toBe('  ~ keys  mode 644 -> 600');
  });

  it.each([
    [
      'libreswan',
      4,
      '-198.51.100.10 203.0.113.1 : PSK "(secret)"\n+198.51.100.10 203.0.113.1 : PSK "(secret, changed)"\n',
    ],
    ['strongswan', 6, '-    secret = (secret)\n+    secret = (secret, changed)\n'],
  ] as const)('says which key of %s %i changes, and shows neither', (daemon, version, lines) => {
    writeFolder(folder.path, renderGateway(sampleHost({ daemon, version })));
    const changes = diffFolder(folder.path, withNewKey(daemon, version));
    expect(changes).toHaveLength(1);
    const patch = changes[0]?.patch ?? '';
    expect(patch).toContain(lines);
    expect(patch.match(/changed/g)).toHaveLength(1);
    for (const key of [...SAMPLE_KEYS, NEW_KEY]) expect(patch).not.toContain(key);
  });

  it('shows no key of a file that goes, even if its mode was changed', () => {
    writeFolder(folder.path, renderGateway(sampleHost()));
    chmodSync(at('etc/ipsec.d/kakehashi-dev-aws-default.secrets'), 0o644);
    const all = JSON.stringify(diffFolder(folder.path, []));
    for (const key of SAMPLE_KEYS) expect(all).not.toContain(key);
  });

  it.each([
    ['a comment', '# old: OldKey.12345\n'],
    ['another form', "%any : psk 'OldKey.12345'\n"],
    ['a key that is cut', '198.51.100.10 203.0.113.1 : PSK "OldKey.12345\n'],
    ['a second word', '198.51.100.10 203.0.113.1 : PSK "x" OldKey.12345\n'],
    ['the other daemon', 'ike-1 { secret=OldKey.12345 }\n'],
    ['a section', 'OldKey.12345 {\n'],
    ['no line end', 'OldKey.12345'],
  ])('shows no key that somebody wrote into a secrets file as %s', (_, text) => {
    const files = renderGateway(sampleHost());
    folder.put('etc/ipsec.d/kakehashi-dev-aws-default.secrets', text);
    const change = diffFolder(folder.path, files).find((one) => one.path.endsWith('.secrets'));
    expect(change?.kind).toBe('changed');
    expect(change?.patch).not.toContain('OldKey');
    expect(change?.patch).toMatch(/^-.*(secret|not shown)/m);
  });

  it('shows no old key, however the lines of a secrets file were changed', () => {
    const files = renderGateway(sampleHost());
    const lines = [
      '',
      '# old',
      'secrets {',
      '}',
      'x : PSK "K"',
      "  secret = 'K'",
      'K',
      '10.0.2.15 %any: PSK K # K',
      '\tsecret=K',
      'K {',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...lines), { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', ' '),
        (chosen, end) => {
          const text = chosen.join(end).replaceAll('K', 'OldKey.12345');
          folder.put('etc/ipsec.d/kakehashi-dev-aws-default.secrets', text);
          expect(JSON.stringify(diffFolder(folder.path, files))).not.toContain('OldKey');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows references: they are no keys', () => {
    const render = (name: string) =>
      renderGateway(
        sampleHost({}, [sampleConnection({ key: () => GatewayKey.referenceTo(`vault://secret/${name}`) })]),
      );
    writeFolder(folder.path, render('old'));
    const [change] = diffFolder(folder.path, render('new'));
    expect(change?.patch).toContain('-198.51.100.10 203.0.113.1 : PSK "@@vault://secret/old@@"\n');
    expect(change?.patch).toContain('+198.51.100.10 203.0.113.1 : PSK "@@vault://secret/new@@"\n');
  });

  it('masks a key that stands in another file', () => {
    const files = renderGateway(sampleHost());
    writeFolder(folder.path, files);
    folder.put('etc/kakehashi/kakehashi.nft', `# ${SAMPLE_KEYS[0]}\n# x : PSK "AnotherOldKey"\n`);
    const [change] = diffFolder(folder.path, files);
    expect(change?.patch).toContain('-# (sensitive)\n-# x : PSK (secret)\n');
  });

  it('says so where nothing of the change can be shown', () => {
    folder.put('keys', 'something\n');
    const [change] = diffFolder(folder.path, [hostFile('keys', '(a line that is not shown)\n', 0o600)]);
    expect(change?.patch).toBe('mode 644 -> 600\n--- keys\n+++ keys\nonly what is not shown changes\n');
  });

  it('shows a missing end of the last line', () => {
    folder.put('a', 'one');
    expect(diffFolder(folder.path, [hostFile('a', 'one\n')])[0]?.patch).toBe(
      '--- a\n+++ a\n@@ -1,1 +1,1 @@\n-one\n\\ No newline at end of file\n+one\n',
    );
  });

  it('compares with nothing that is no text, and with no link', () => {
    folder.put('binary', 'a\0b');
    folder.put('large', 'x'.repeat((1 << 20) + 1));
    symlinkSync('/etc/passwd', at('link'));
    symlinkSync('/etc', at('etc'));
    mkdirSync(at('folder'));
    const names = ['binary', 'etc/passwd', 'folder', 'large', 'link'];
    const changes = diffFolder(
      folder.path,
      names.map((name) => hostFile(name, 'text\n')),
    );
    expect(changes.map(({ kind, patch }) => `${kind}: ${patch}`)).toEqual([
      'changed: 3 bytes are there that are no text\n',
      'changed: etc is a symbolic link to "/etc": nothing is written there\n',
      'changed: folder is a folder: nothing is written there\n',
      'changed: 1048577 bytes are there: too large to compare\n',
      'changed: link is a symbolic link to "/etc/passwd": nothing is written there\n',
    ]);
  });

  it('lets nothing on the disk drive the terminal', () => {
    folder.put('a', 'x\u001b[2J\u202ey\r\n');
    const [change] = diffFolder(folder.path, [hostFile('a', 'x\n')]);
    expect(change?.patch).toContain('-x\\u001b[2J\\u202ey\\u000d\n');
  });
});
