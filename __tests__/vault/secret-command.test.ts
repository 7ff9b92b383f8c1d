import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compiledCli } from '../support/compiled';
import { eventProblems } from '../support/scripted-terraform-events';
import { inTerminal, VaultProject } from './cli';
import { describeVaults, done, OURS, plain } from './servers';

jest.setTimeout(30_000);

const CANARY = 'CANARY-5f1c-secret-value';

describeVaults('kakehashi secret', (server) => {
  const mounts = { kv1: `${OURS}-cli1`, kv2: `${OURS}-cli2` };
  let project: VaultProject;
  const printed: string[] = [];
  const run = async (...args: Parameters<VaultProject['run']>) => {
    const outcome = await project.run(...args);
    if (args[0][1] !== 'get') printed.push(outcome.stdout);
    printed.push(outcome.stderr);
    return outcome;
  };
  const line = (text: string) => `kakehashi: ${text}\n`;

  beforeAll(async () => {
    project = new VaultProject(server());
    for (const [path, version] of [
      [mounts.kv1, '1'],
      [mounts.kv2, '2'],
    ] as const)
      await done(server(), 'POST', `sys/mounts/${path}`, { body: { type: 'kv', options: { version } } });
  });
  afterAll(async () => {
    for (const mount of Object.values(mounts)) await plain(server(), 'DELETE', `sys/mounts/${mount}`);
  });

  test.each([
    [mounts.kv1, ''],
    [mounts.kv2, ' as version 1'],
    ['cubbyhole', ''],
  ])('keeps a secret in %s from stdin, prints it exactly, lists and removes it', async (mount, version) => {
    const reference = `vault://${mount}/${OURS}/aws/access_key`;
    expect(await run(['secret', 'put', reference], { input: `${CANARY}\n` })).toEqual({
      code: 0,
      stdout: `${reference}: written${version}\n`,
      stderr: '',
    });
    expect(await run(['secret', 'get', reference])).toEqual({ code: 0, stdout: CANARY, stderr: '' });
    expect(await run(['secret', 'list', `vault://${mount}/${OURS}`])).toEqual({
      code: 0,
      stdout: 'aws/\n',
      stderr: '',
    });
    expect(await run(['secret', 'list', `vault://${mount}/${OURS}/aws/`])).toMatchObject({
      stdout: 'access_key\n',
    });
    expect(await run(['secret', 'rm', reference])).toEqual({
      code: 3,
      stdout: '',
      stderr: line('not removed: there is no terminal to confirm on; pass --yes'),
    });
    expect(await run(['secret', 'rm', reference, '--yes'])).toEqual({
      code: 0,
      stdout: `${reference}: removed\n`,
      stderr: '',
    });
    expect(await run(['secret', 'get', reference])).toEqual({
      code: 1,
      stdout: '',
      stderr: line(
        `${reference}: there is no such secret ("vault read is failed" on the controller); correct the reference, or store it: kakehashi secret put ${reference}`,
      ),
    });
  });

  test.each([
    ['one newline at the end is left out', 'two\nlines\n', 'two\nlines'],
    ['only one', 'text\n\n', 'text\n'],
    ['also one of Windows', 'text\r\n', 'text'],
    ['spaces stay', '  text ', '  text '],
    ['text of any script stays', '架け橋 "Brücke" \\n', '架け橋 "Brücke" \\n'],
  ])('%s', async (_, input, value) => {
    const reference = `vault://${mounts.kv1}/shape`;
    expect(await run(['secret', 'put', reference], { input })).toMatchObject({ code: 0 });
    expect(await run(['secret', 'get', reference])).toMatchObject({ code: 0, stdout: value });
  });

  test.each<[string, string | Buffer, string]>([
    ['an empty value', '', 'the value is empty; nothing was written'],
    ['a newline alone', '\n', 'the value is empty; nothing was written'],
    [
      'a value with a zero byte',
      'a\0b',
      'the value is no text; nothing was written; encode it first, for instance with base64',
    ],
    [
      'a value that is no UTF-8',
      Buffer.from([0xff, 0xfe, 0x41]),
      'the value is no UTF-8 text; nothing was written; encode it first, for instance with base64',
    ],
    [
      'a value of more than 512 KiB',
      'x'.repeat(512 * 1024 + 1),
      'the value is larger than 512 KiB; nothing was written',
    ],
  ])('%s is refused', async (_, input, words) => {
    const reference = `vault://${mounts.kv1}/refused`;
    expect(await run(['secret', 'put', reference], { input })).toEqual({
      code: 1,
      stdout: '',
      stderr: line(words),
    });
    expect(await plain(server(), 'GET', `${mounts.kv1}/refused`)).toMatchObject({ status: 404 });
  });

  test.each([
    ['as an operand', [CANARY]],
    ['as an option', [`--value=${CANARY}`]],
    ['as an option with a value', ['--value', CANARY]],
  ])('a value %s is refused, and not shown', async (_, more) => {
    const outcome = await run(['secret', 'put', `vault://${mounts.kv1}/argv`, ...more]);
    expect(outcome).toEqual({
      code: 64,
      stdout: '',
      stderr: line(
        'secret put: takes one operand, the reference; the value is typed or comes by stdin, since a command line is seen by others and kept by the shell: change the value if it stood there',
      ),
    });
    // It stood on the command line because the test put it there.
    project.commandLines.length = 0;
  });

  test.each([
    ['put', 'a reference like vault://secret/aws/access_key'],
    ['get', 'a reference like vault://secret/aws/access_key'],
    ['rm', 'a reference like vault://secret/aws/access_key'],
    ['list', 'a folder like vault://secret or vault://secret/aws'],
  ])('%s does not show what is no reference', async (command, must) => {
    expect(await run(['secret', command, CANARY], { input: 'x' })).toEqual({
      code: 64,
      stdout: '',
      stderr: line(`secret ${command}: must be ${must}, got something else, not shown`),
    });
    project.commandLines.length = 0;
  });

  test.each([
    ['get', 'vault://', 'one without an engine'],
    ['put', 'vault://secret/', 'an engine without a path'],
    ['rm', 'vault://secret//a', 'one with two slashes in its path'],
    ['get', 'vault://secret/a/', 'one with a slash at its end'],
    ['get', 'vault:secret/a', 'one that does not begin with vault://'],
    ['list', 'vault://secret/../a', 'one with dots for a segment'],
    ['list', 'vault://secret/a b', 'one with other characters than letters, digits and _ . = @ + -'],
  ])('%s says what is wrong with %s', async (command, reference, got) => {
    const must =
      command === 'list'
        ? 'a folder like vault://secret or vault://secret/aws'
        : 'a reference like vault://secret/aws/access_key';
    expect(await run(['secret', command, reference], { input: 'x' })).toEqual({
      code: 64,
      stdout: '',
      stderr: line(`secret ${command}: must be ${must}, got ${got}, not shown`),
    });
  });

  test('what is not there is not said to be removed', async () => {
    await run(['secret', 'put', `vault://${mounts.kv2}/kept/leaf`], { input: 'some-value' });
    expect(await run(['secret', 'rm', `vault://${mounts.kv2}/kept`, '--yes'])).toEqual({
      code: 1,
      stdout: '',
      stderr: line(
        `vault://${mounts.kv2}/kept: must be a secret, got a folder with 1 in it; see: kakehashi secret list vault://${mounts.kv2}/kept`,
      ),
    });
  });

  test('a folder that is empty, and one that is a secret, are explained', async () => {
    await run(['secret', 'put', `vault://${mounts.kv2}/leaf`], { input: 'some-value' });
    expect(await run(['secret', 'list', `vault://${mounts.kv2}/leaf`])).toEqual({
      code: 1,
      stdout: '',
      stderr: line(
        `vault://${mounts.kv2}/leaf: must be a folder, got a secret; list the folder that it is in: kakehashi secret list vault://${mounts.kv2}`,
      ),
    });
    expect(await run(['secret', 'list', `vault://${mounts.kv2}/nothing`])).toMatchObject({
      code: 1,
      stderr: line(
        `vault://${mounts.kv2}/nothing: the folder is empty; Vault keeps no empty folders, so the name may be wrong as well`,
      ),
    });
  });

  test('tells programs what it did, in documented events, without the value', async () => {
    const reference = `vault://${mounts.kv2}/events`;
    const put = await run(['secret', 'put', reference, '--json'], { input: CANARY });
    const list = await run(['secret', 'list', `vault://${mounts.kv2}`, '--json']);
    const remove = await run(['secret', 'rm', reference, '--yes', '--json']);
    expect(JSON.parse(put.stdout)).toMatchObject({ type: 'secret_written', reference, version: 1 });
    expect(JSON.parse(list.stdout)).toMatchObject({
      type: 'secrets_listed',
      folder: `vault://${mounts.kv2}`,
    });
    expect(JSON.parse(remove.stdout)).toMatchObject({ type: 'secret_removed', reference });
    for (const { stdout } of [put, list, remove]) expect(eventProblems(stdout)).toEqual([]);
    expect(await run(['secret', 'get', reference, '--json'])).toEqual({
      code: 64,
      stdout: '',
      stderr: line('secret get: stdout is for the value; leave --json out'),
    });
  });

  describe('in a terminal', () => {
    const typed = () => `vault://${mounts.kv1}/typed`;

    test('the value is asked for and not shown', async () => {
      const { code, screen } = await project.type(inTerminal('secret', 'put', typed()), [
        [/not shown\): /, `${CANARY}x\u007f\r`],
      ]);
      expect({ code, screen }).toEqual({
        code: 0,
        screen: `Value of ${typed()} (not shown): \r\n${typed()}: written\r\n`,
      });
      expect(await run(['secret', 'get', typed()])).toMatchObject({ stdout: CANARY });
    });

    test('Ctrl-C writes nothing, ends with 130, and leaves the terminal as it was', async () => {
      const before = await run(['secret', 'get', typed()]);
      const command = `"${process.execPath}" "${compiledCli()}" secret put ${typed()}; echo "code $?"; stty -a | grep -o -- ' -\\?echo '`;
      const { screen } = await project.type(['sh', '-c', command], [[/not shown\): /, 'half\u0003']]);
      expect(screen).toContain('stopped; nothing was sent');
      expect(screen).toContain('code 130');
      expect(screen).toMatch(/ echo \s*$/);
      expect(await run(['secret', 'get', typed()])).toEqual(before);
    });

    test.each([
      [
        'several lines',
        'one\rtwo\r',
        /several lines were pasted; give it by stdin: kakehashi secret put \S+ < file/,
        1,
      ],
      ['nothing', '\r', /nothing was typed/, 3],
      ['the end of input', '\u0004', /nothing was typed/, 3],
      ['an arrow key', 'a\u001b[Db\r', /the value holds control characters; nothing was written/, 1],
    ])('%s is refused', async (_, keys, words, exit) => {
      const { code, screen } = await project.type(inTerminal('secret', 'put', typed()), [
        [/not shown\): /, keys],
      ]);
      expect(screen).toMatch(words);
      expect(code).toBe(exit);
    });

    test('the token is asked for where there is none, and not shown', async () => {
      const { code, screen } = await project.type(
        inTerminal('secret', 'list', `vault://${mounts.kv1}`),
        [[/Vault token \(not shown\): /, `${server().rootToken}\r`]],
        { VAULT_TOKEN: '' },
      );
      expect(code).toBe(0);
      expect(screen).toMatch(/^Vault token \(not shown\): \r\n/);
      expect(screen).toContain('typed');
      expect(screen).not.toContain(server().rootToken);
    });

    test('a value is printed only with --show', async () => {
      const refused = await project.type(inTerminal('secret', 'get', typed()), []);
      expect(refused).toEqual({
        code: 64,
        screen:
          'kakehashi: secret get: stdout is a terminal, where the value would stay on the screen; pipe it on, or add --show\r\n',
      });
      const shown = await project.type(inTerminal('secret', 'get', typed(), '--show'), []);
      expect(shown).toEqual({ code: 0, screen: `${CANARY}\r\n` });
    });

    test('a removal is confirmed by yes alone', async () => {
      const question = /Type 'yes' to continue: /;
      const declined = await project.type(inTerminal('secret', 'rm', typed()), [[question, 'no\r']]);
      expect(declined.code).toBe(3);
      expect(declined.screen).toContain('kakehashi: not removed: not confirmed');
      expect((await project.type(inTerminal('secret', 'rm', typed()), [[question, 'yes\r']])).code).toBe(0);
      expect(await run(['secret', 'get', typed()])).toMatchObject({ code: 1 });
    });
  });

  describe('who asks', () => {
    test('no token is found', async () => {
      expect(await run(['secret', 'list', `vault://${mounts.kv1}`], { env: { VAULT_TOKEN: '' } })).toEqual({
        code: 1,
        stdout: '',
        stderr: line(
          'no Vault token: VAULT_TOKEN is not set, there is no ~/.vault-token, and there is no terminal to ask on; set VAULT_TOKEN, or log in with vault login',
        ),
      });
    });

    test('a token in ~/.vault-token is used, with a note where others may read it', async () => {
      project.write('home/.vault-token', `${server().rootToken}\n`);
      const env = { VAULT_TOKEN: '' };
      const { code, stderr } = await run(['secret', 'list', `vault://${mounts.kv1}`], { env });
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: '~/.vault-token: others on this machine may read it; chmod 600 ~/.vault-token\n',
      });
    });

    test('a wrong token is told from a wrong reference, and not shown', async () => {
      const env = { VAULT_TOKEN: 'CANARY-wrong-token' };
      const { code, stderr } = await run(['secret', 'get', `vault://${mounts.kv1}/a`], { env });
      expect(code).toBe(1);
      expect(stderr).toBe(
        line(
          `vault at ${server().address}: the token is wrong, revoked or expired ("token lookup is failed" on the controller); give a valid one: VAULT_TOKEN or ~/.vault-token`,
        ),
      );
    });

    test('no server is named', async () => {
      expect(await run(['secret', 'list', 'vault://secret'], { env: { VAULT_ADDR: '' } })).toEqual({
        code: 64,
        stdout: '',
        stderr: line(
          'no Vault is named; name an environment whose catalog has a section vault (--env dev), or set VAULT_ADDR',
        ),
      });
    });

    test('the environment names the server', async () => {
      project.catalog('dev', { mounts: { [mounts.kv1]: { version: 1 } } });
      project.write('catalog/bare.yml', "cci_version: '1.0'\n");
      const env = { VAULT_ADDR: 'http://127.0.0.1:1' };
      expect(await run(['secret', 'list', `vault://${mounts.kv1}`, '--env', 'dev'], { env })).toMatchObject({
        code: 0,
      });
      expect(await run(['secret', 'list', `vault://${mounts.kv1}`, '--env', 'bare'])).toEqual({
        code: 1,
        stdout: '',
        stderr: line(
          'catalog/bare.yml: it has no section vault; write one with its address, or leave --env out and set VAULT_ADDR',
        ),
      });
      const sandbox = ['secret', 'list', 'vault://secret', '--sandbox'];
      expect(await run([...sandbox, '--env', 'bare'], { env })).toEqual({
        code: 1,
        stdout: '',
        stderr: line(
          "catalog/bare.yml: it has no section vault; write one with its address, or leave --env out for the sandbox's own Vault",
        ),
      });
    });
  });

  test('the canary was printed by get alone, is in no file and on no command line', () => {
    expect(printed.length).toBeGreaterThan(40);
    for (const text of printed) expect(text).not.toContain('CANARY');
    expect(project.commandLines.length).toBeGreaterThan(0);
    for (const text of project.commandLines) expect(text).not.toContain('CANARY');
    const files = readdirSync(project.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    for (const file of files) expect(readFileSync(file, 'latin1')).not.toContain('CANARY');
    expect(files.map((file) => path.relative(project.folder, file)).sort()).toEqual([
      'catalog/bare.yml',
      'catalog/dev.yml',
      'home/.vault-token',
    ]);
  });
});
