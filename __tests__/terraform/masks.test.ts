import { gzipSync } from 'node:zlib';
import { Masks } from '../../terraform/masks';

describe('Masks', () => {
  test('replaces every known secret, the longest first', () => {
    const masks = new Masks();
    masks.add('secret1');
    masks.add('secret1-longer');
    expect(masks.mask('a secret1-longer b secret1 c')).toBe('a (sensitive) b (sensitive) c');
  });

  test('finds a secret in JSON, and line by line', () => {
    const masks = new Masks();
    masks.add('line "one"\nline two');
    expect(masks.mask(JSON.stringify({ key: 'line "one"\nline two' }))).toBe('{"key":"(sensitive)"}');
    expect(masks.mask('  line two')).toBe('  (sensitive)');
  });

  test('takes credentials of the environment by name, and their files not', () => {
    const masks = new Masks();
    masks.addVariables({
      AWS_SECRET_ACCESS_KEY: 'canary-aws',
      VAULT_TOKEN: 'canary-vault',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token',
      TF_VAR_preshared_keys: '{"169.254.100.0/30": "canary-psk"}',
      TF_VAR_registry_auth: '{"workers/registry-password":"canary-registry"}',
      HOME: '/home/somebody',
    });
    expect(masks.mask('canary-aws canary-vault canary-psk canary-registry')).toBe(
      '(sensitive) (sensitive) (sensitive) (sensitive)',
    );
    expect(masks.mask('/var/run/token /home/somebody')).toBe('/var/run/token /home/somebody');
  });

  test('takes further names of credentials, and passwords of URLs under any name', () => {
    const masks = new Masks();
    masks.addVariables({
      APP_KEY: 'canary-app',
      DATADOG_API_KEY: 'canary-api',
      MAILAPIKEY: 'canary-mail',
      SMTP_PASS: 'canary-smtp',
      MYSQL_PASSWD: 'canary-mysql',
      HTTPS_PROXY: 'http://joe:canary-proxy@proxy.example:3128',
      SORT_KEY: 'address',
      COMPASS: 'northwest',
    });
    const all = 'canary-app canary-api canary-mail canary-smtp canary-mysql canary-proxy';
    expect(masks.mask(all)).not.toContain('canary');
    expect(masks.mask('http://joe@proxy.example:3128 address northwest')).toBe(
      'http://joe@proxy.example:3128 address northwest',
    );
  });

  test('leaves short values alone: they would spoil the text', () => {
    const masks = new Masks();
    masks.add('abc');
    expect(masks.mask('abcdef')).toBe('abcdef');
  });

  const SECRET = 'Wk3/p+ä secret?';

  test.each<[string, string]>([
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64 in the alphabet of URLs', Buffer.from(SECRET).toString('base64url')],
    ['base64 of something longer', Buffer.from(`a password is ${SECRET}, you see`).toString('base64')],
    ['the same, one byte further', Buffer.from(`A password is  ${SECRET}, you see`).toString('base64')],
    ['the same, two bytes further', Buffer.from(`A password is   ${SECRET}, you see`).toString('base64')],
    ['a URL', encodeURIComponent(SECRET)],
    ['a URL with small letters', encodeURIComponent(SECRET).replace(/%../g, (one) => one.toLowerCase())],
    ['a form', encodeURIComponent(SECRET).replaceAll('%20', '+')],
    ['hexadecimal', Buffer.from(SECRET).toString('hex')],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ a: SECRET }))],
    ['gzip in base64', gzipSync(`#cloud-config\n${'x'.repeat(99)}${SECRET}`).toString('base64')],
    ['that in base64', Buffer.from(gzipSync(SECRET.repeat(9)).toString('base64')).toString('base64')],
    ['gzip behind a path', `/data/x-${gzipSync(`${'y'.repeat(40)}${SECRET}`).toString('base64')}`],
    [
      'base64 in lines',
      (
        Buffer.from(`${'z'.repeat(120)}${SECRET}${'z'.repeat(99)}`)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\n'),
    ],
  ])('finds a secret in %s', (_, text) => {
    const masks = new Masks();
    masks.add(SECRET);
    const masked = masks.mask(`before "${text}" after`);
    expect(masked).toContain('(sensitive)');
    expect(masked).toMatch(/^before .* after$/s);
    const rest = masked.replaceAll('(sensitive)', '');
    expect(Buffer.from(rest, 'base64').toString('latin1')).not.toContain('secret');
    expect(rest).not.toContain('secret');
    expect(rest.length).toBeLessThan(text.length + 15);
  });

  test('finds the lines of a key wherever they are', () => {
    const masks = new Masks();
    const lines = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQ', 'line-three-of-the-key'];
    masks.add(lines.join('\n'));
    expect(masks.mask(`  MIIEvQIBADANBgkqhkiG9w0BAQ,`)).toBe('  (sensitive),');
    expect(masks.mask(JSON.stringify(lines.join('\n')))).toBe('"(sensitive)"');
    expect(masks.mask(Buffer.from(`x${lines.join('\n')}`).toString('base64'))).toContain('(sensitive)');
  });

  test('replaces what two secrets cover together', () => {
    const masks = new Masks();
    masks.add('abcdefgh');
    masks.add('efghijkl');
    expect(masks.mask('-abcdefghijkl-')).toBe('-(sensitive)-');
  });

  test('masks texts and names in a value, and leaves all else', () => {
    const masks = new Masks();
    masks.add('canary-1');
    expect(masks.maskValue({ 'a canary-1': ['canary-1', 7, null, true], b: { c: 'x' } })).toEqual({
      'a (sensitive)': ['(sensitive)', 7, null, true],
      b: { c: 'x' },
    });
  });

  test('leaves ids and other base64 alone', () => {
    const masks = new Masks();
    masks.add(SECRET);
    const text = `vpc-0123456789abcdef0 /subscriptions/12345678-1234/resourceGroups/dev-default/providers/Microsoft.Network ${Buffer.from('nothing of it '.repeat(9)).toString('base64')}`;
    expect(masks.mask(text)).toBe(text);
  });

  test('reads a text once, however many secrets there are', () => {
    const masks = new Masks();
    for (let index = 0; index < 3000; index += 1) masks.add(`secret-number-${index}-of-many`);
    const text = `${'some text without any of them; '.repeat(3000)}secret-number-2999-of-many`;
    const started = performance.now();
    expect(masks.mask(text).endsWith('them; (sensitive)')).toBe(true);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test.each([
    ['an error of Git', "fatal: unable to access 'https://bot:hunter2@git.example/x.git/'", 'hunter2'],
    ['a short one', 'proxy http://u:pw@10.0.0.1:3128', ':pw@'],
    ['JSON', '{"conn_str":"postgres://tf:hunter2@db/state"}', 'hunter2'],
    ['user data', `x ${gzipSync('git clone https://bot:hunter2@git.example/x').toString('base64')}`, 'H4sI'],
  ])('masks the password of a URL that nobody told it: %s', (_, text, secret) => {
    const masked = new Masks().mask(text);
    expect(masked).not.toContain(secret);
    expect(masked).toContain('(sensitive)');
    expect(new Masks().mask(masked)).toBe(masked);
  });

  test('leaves URLs without passwords', () => {
    const text =
      'ssh://git@host:22/x https://a.example:8443/b@c https://a.example:1?x=b@c oci://r:5000/i@sha256:12 a:b@c';
    expect(new Masks().mask(text)).toBe(text);
  });

  test.each<[string, NodeJS.ProcessEnv]>([
    ['a connection string', { PG_CONN_STR: 'host=db user=tf password=hunter2x sslmode=require' }],
    ['a URL with an escaped password', { PG_CONN_STR: 'postgres://tf:hunter%32x@db/state' }],
    ['a key of storage', { AZURE_STORAGE_CONN_STR: 'AccountName=a;AccountKey=hunter2x;EndpointSuffix=b' }],
    ['a proxy', { HTTPS_PROXY: 'http://user:hunter2x@proxy:3128' }],
    ['a registry', { TF_VAR_registry_auth: '{"r.example":"dXNlcjpodW50ZXIyeA=="}' }],
  ])('knows the password in %s, and finds it alone and encoded', (_, variables) => {
    const masks = new Masks();
    masks.addVariables(variables);
    const hidden = [
      'hunter2x',
      Buffer.from('a hunter2x b').toString('base64'),
      Buffer.from('hunter2x').toString('hex'),
      gzipSync(JSON.stringify({ nested: JSON.stringify({ x: `${'#'.repeat(30)}hunter2x` }) })).toString(
        'base64',
      ),
    ];
    for (const text of hidden) expect(masks.mask(`see ${text}.`)).toContain('(sensitive)');
    expect(masks.mask('login failed for hunter2x')).toBe('login failed for (sensitive)');
  });
});
