import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import type { Signed } from '../../../../scripts/kinds/docker-controller/certificate/make-certificate';
import { temporaryFolder } from '../../../support/catalog-folder';
import { describeWith } from '../../../support/programs';
import { makeAuthority, NAMES, serverOf } from './pki';

jest.setTimeout(60_000);

describeWith('openssl', 'a certificate that is made here, as OpenSSL sees it', () => {
  const folder = temporaryFolder();
  const names = [...NAMES, 'vcc.example.org'];
  const now = new Date();
  let authority: Signed;
  let server: Signed;
  let other: Signed;

  beforeAll(async () => {
    [authority, other] = await Promise.all([
      makeAuthority('Kakehashi CA of dev', now),
      makeAuthority('other', now),
    ]);
    server = await serverOf(authority, { names, now });
    writeFileSync(join(folder, 'ca.pem'), authority.certificate.pem);
    writeFileSync(join(folder, 'other.pem'), other.certificate.pem);
    writeFileSync(join(folder, 'cert.pem'), server.certificate.pem);
    writeFileSync(join(folder, 'key.pem'), server.key);
  });

  const openssl = (...args: readonly string[]) =>
    spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });

  it('is verified by its authority, with the strict rules of RFC 5280, as a server', () => {
    const { stdout, status } = openssl(
      ...['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'ca.pem', 'cert.pem'],
    );
    expect({ stdout, status }).toEqual({ stdout: 'cert.pem: OK\n', status: 0 });
  });

  it('is refused with another authority', () => {
    expect(openssl('verify', '-CAfile', 'other.pem', 'cert.pem').status).not.toBe(0);
  });

  it('is no certificate of a client', () => {
    expect(openssl('verify', '-purpose', 'sslclient', '-CAfile', 'ca.pem', 'cert.pem').status).not.toBe(0);
  });

  it.each([
    ['-checkip', '127.0.0.1', 'does match'],
    ['-checkip', '10.0.2.15', 'does match'],
    ['-checkhost', 'localhost', 'does match'],
    ['-checkhost', 'vcc.example.org', 'does match'],
    ['-checkip', '10.0.2.16', 'does NOT match'],
    ['-checkhost', 'example.org', 'does NOT match'],
  ])('%s %s: %s', (option, name, words) => {
    expect(openssl('x509', '-noout', option, name, '-in', 'cert.pem').stdout).toContain(
      `${words} certificate`,
    );
  });

  it('ends after its days, and its authority after ten years', () => {
    const days = (one: Signed) => Math.round((one.certificate.end.getTime() - now.getTime()) / 86_400_000);
    expect([days(server), days(authority)]).toEqual([397, 3652]);
    expect(openssl('x509', '-noout', '-checkend', String(396 * 86_400), '-in', 'cert.pem').status).toBe(0);
    expect(openssl('x509', '-noout', '-checkend', String(398 * 86_400), '-in', 'cert.pem').status).toBe(1);
  });

  it('has the usages of a server, and its authority those of one that signs no further authorities', () => {
    const text = (file: string) =>
      openssl('x509', '-noout', '-text', '-in', file).stdout.replace(/\s+/g, ' ');
    expect(text('cert.pem')).toContain('Key Usage: critical Digital Signature, Key Encipherment');
    expect(text('cert.pem')).toContain('Extended Key Usage: TLS Web Server Authentication');
    expect(text('cert.pem')).toContain('Basic Constraints: critical CA:FALSE');
    expect(text('ca.pem')).toContain('Key Usage: critical Certificate Sign, CRL Sign');
    expect(text('ca.pem')).toContain('Basic Constraints: critical CA:TRUE, pathlen:0');
  });

  it('belongs to its key', () => {
    const ofKey = openssl('pkey', '-pubout', '-in', 'key.pem').stdout;
    expect(openssl('x509', '-noout', '-pubkey', '-in', 'cert.pem').stdout).toBe(ofKey);
    expect(ofKey).toContain('BEGIN PUBLIC KEY');
  });

  it("is taken by Python's ssl, as the SDK uses it, with strict checks", async () => {
    if (spawnSync('python3', ['--version']).status !== 0) return;
    const listening = createServer({ cert: server.certificate.pem, key: server.key }, (socket) =>
      socket.end(),
    );
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const { port } = Object(listening.address());
    const program = [
      'import socket, ssl, sys',
      'context = ssl.create_default_context(cafile=sys.argv[1])',
      'context.verify_flags |= ssl.VERIFY_X509_STRICT',
      'with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as s:',
      '  with context.wrap_socket(s, server_hostname=sys.argv[3]) as t: print(t.version())',
    ].join('\n');
    const ask = (ca: string, name: string) =>
      new Promise<string>((resolve) => {
        const { spawn } = require('node:child_process') as typeof import('node:child_process');
        const child = spawn('python3', ['-c', program, join(folder, ca), String(port), name]);
        let text = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (part) => {
            text += part;
          });
        child.on('close', () => resolve(text.trim().split('\n').at(-1) ?? ''));
      });
    try {
      expect(await ask('ca.pem', '127.0.0.1')).toMatch(/^TLSv1\.[23]$/);
      expect(await ask('ca.pem', 'localhost')).toMatch(/^TLSv1\.[23]$/);
      expect(await ask('ca.pem', '10.0.2.16')).toContain('CERTIFICATE_VERIFY_FAILED');
      expect(await ask('other.pem', '127.0.0.1')).toContain('CERTIFICATE_VERIFY_FAILED');
    } finally {
      listening.close();
    }
  });

  it('has a serial number of its own', () => {
    const serial = (one: Signed) => one.certificate.x509.serialNumber;
    expect(new Set([serial(server), serial(authority), serial(other)]).size).toBe(3);
    for (const one of [server, authority, other]) expect(serial(one)).toMatch(/^[4-7][0-9A-F]{31}$/);
  });

  it('is readable by the openssl of this host', () => {
    expect(
      execFileSync('openssl', ['x509', '-noout', '-subject', '-in', join(folder, 'ca.pem')], {
        encoding: 'utf8',
      }),
    ).toMatch(/CN ?= ?Kakehashi CA of dev/);
  });
});
