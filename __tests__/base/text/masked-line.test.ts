import { maskedLine, maskedLines, maskedValue } from '../../../base/text/masked-line';

describe('a line of a catalog', () => {
  it.each([
    ["e: ['MODE=x', 'DB_PASSWORD=planted-1']", "e: ['MODE=x', 'DB_PASSWORD=******']"],
    ['- MY_API_KEY_OLD=planted-1 planted-1', '- MY_API_KEY_OLD=******'],
    ["e: ['X=ghp_plantedplantedplanted1']", "e: ['X=******']"],
    ["e: ['X=AKIAPLANTEDPLANTED12', A=b]", "e: ['X=******', A=b]"],
    ["e: ['DB_PASSWORD=vault://secret/db/password']", "e: ['DB_PASSWORD=vault://secret/db/password']"],
    ["e: ['PASSAGE=open']", "e: ['PASSAGE=open']"],
    ['  APP_KEY: planted-1', '  APP_KEY: ******'],
    ['  "appKey": "planted-1", "b": 1', '  "appKey": ******'],
    ['{"password":12345678}', '{"password":******'],
    ['  deploy_token: planted-1 # planted-2', '  deploy_token: ******'],
    ['  tls-passphrase: "planted 1"', '  tls-passphrase: ******'],
    ['  apikey: [planted-1]', '  apikey: ******'],
    ["e: ['APP_KEY=base64:planted-1']", "e: ['APP_KEY=******']"],
    ['x: "export APP_KEY=\\"planted-1\\""', 'x: "export APP_KEY=\\"******"'],
    ['url: postgres://joe:pla/nted@1@db.example/app', 'url: postgres://******@db.example/app'],
    ['url: redis://:planted-1@cache:6379/0', 'url: redis://******@cache:6379/0'],
    ['url: https://planted-1@git.example/a', 'url: https://******@git.example/a'],
    ['url: https://host.example:8443/a@b', 'url: https://host.example:8443/a@b'],
    ['dsn: planted-1', 'dsn: ******'],
    ['url: Server=db;Password=planted-1;Database=a', 'url: Server=db;Password=******'],
    [
      'url: DefaultEndpointsProtocol=https;AccountKey=planted1==',
      'url: DefaultEndpointsProtocol=https;AccountKey=******',
    ],
    ['run: tool --db-password planted-1 --verbose', 'run: tool --db-password ****** --verbose'],
    ['run: curl -u joe:planted-1 https://a.example', 'run: curl -u joe:****** https://a.example'],
    ["run: curl -H 'Authorization: Bearer planted-1'", "run: curl -H 'Authorization: Bearer ******'"],
    ['- { name: APP_KEY, value: planted-1 }', '- { name: APP_KEY, value: ******'],
    ['x: "-----BEGIN RSA PRIVATE KEY-----\\nplanted-1"', 'x: "-----BEGIN RSA PRIVATE KEY-----******'],
    ['x: glpat-plantedplantedplanted', 'x: ******'],
    ['  kms_key: arn:aws:kms:eu-west-1:1:key/a', '  kms_key: arn:aws:kms:eu-west-1:1:key/a'],
    [
      '  arn: arn:aws:secretsmanager:eu-west-1:1:secret:a',
      '  arn: arn:aws:secretsmanager:eu-west-1:1:secret:a',
    ],
    ['  image: registry.example/my-token:1.2', '  image: registry.example/my-token:1.2'],
    ['  token: vault://secret/a/token', '  token: vault://secret/a/token'],
    ['  secret: { version: 2 }', '  secret: { version: 2 }'],
  ])('shows no credential of %s', (line, shown) => {
    expect(maskedLine(line)).toBe(shown);
  });

  it('is read in time, whatever it holds', () => {
    const begun = performance.now();
    for (const part of ['a', '://a:', 'a=', '" ', 'token ', '-', ' ', 'a: ', '--a '])
      maskedLine(part.repeat(16_384 / part.length));
    expect(maskedLine(`x: ${'a'.repeat(1_000_000)}`)).toBe('******');
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('lines of a file', () => {
  it.each([
    [
      'a private key',
      'files:\n  key.pem: |\n    -----BEGIN EC PRIVATE KEY-----\n    planted1\n    planted2\n    -----END EC PRIVATE KEY-----\n  b: 1',
      ['files:', '  b: 1'],
    ],
    [
      'a text in several lines',
      'a:\n  db_password: |\n    planted1\n    planted2\n\n    planted3\n  b: 1',
      ['a:', '  b: 1'],
    ],
    ['a folded text', 'token: >-\n  planted1\n  planted2\nb: 1', ['b: 1']],
    ['a list', 'api_keys:\n- planted1\n- planted2\nb: 1', ['b: 1']],
    ['a list further in', 'a:\n  api_keys:\n    - planted1\n  b: 1', ['a:', '  b: 1']],
    ['a value in the next line', 'APP_KEY:\n  planted1\nb: 1', ['b: 1']],
    [
      'a pair',
      '- name: APP_KEY\n  value: planted1\n- name: MODE\n  value: open',
      ['  value: open', '- name: APP_KEY'],
    ],
  ])('do not show %s', (_, text, open) => {
    const shown = maskedLines(text.split('\n'));
    expect(shown.join('\n')).not.toContain('planted');
    expect(shown).toHaveLength(text.split('\n').length);
    expect(shown).toEqual(expect.arrayContaining(open));
  });

  it('show references, and what stands below a section with such a name', () => {
    const text = 'mounts:\n  secret:\n    version: 2\ntokens:\n  - vault://secret/a/token\nb: 1';
    expect(maskedLines(text.split('\n')).join('\n')).toBe(text);
  });
});

test('a value that is told holds no credential', () => {
  expect(maskedValue('postgres://joe:planted@db/a')).toBe('postgres://******@db/a');
  expect(maskedValue('DB_PASSWORD=planted')).toBe('DB_PASSWORD=******');
  expect(maskedValue('-----BEGIN PRIVATE KEY-----\nplanted\n-----END')).toBe(
    '-----BEGIN PRIVATE KEY-----******',
  );
  expect(maskedValue('10.0.0.0/33')).toBe('10.0.0.0/33');
});
