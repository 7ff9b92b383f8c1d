import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signed } from '../../../../scripts/kinds/docker-controller/certificate/make-certificate';
import {
  checkOwnKey,
  ownCertificate,
} from '../../../../scripts/kinds/docker-controller/certificate/own-certificate';
import { temporaryFolder } from '../../../support/catalog-folder';
import { describeWith } from '../../../support/programs';
import { makeAuthority, NOW, serverOf } from './pki';

jest.setTimeout(120_000);

const ADDRESS = ['10.0.2.15'];
const DAY = 86_400_000;
const KEY = 'vault://secret/vcc/key';

describe("the user's own certificate", () => {
  const folder = temporaryFolder();
  let authority: Signed;
  let server: Signed;
  let named: Signed;

  beforeAll(async () => {
    const others = await Promise.all([
      makeAuthority('ours', NOW),
      makeAuthority('another', NOW),
      makeAuthority('old', new Date(NOW.getTime() - 3700 * DAY)),
    ]);
    authority = others[0];
    const [, another, old] = others;
    server = await serverOf(authority);
    named = await serverOf(authority, { names: ['vcc.example.org'] });
    const files: Readonly<Record<string, string>> = {
      'ca.pem': authority.certificate.pem,
      'another.pem': another.certificate.pem,
      'both.pem': another.certificate.pem + authority.certificate.pem,
      'old-ca.pem': old.certificate.pem,
      'vcc.pem': server.certificate.pem,
      'named.pem': named.certificate.pem,
      'of-old.pem': (await serverOf(old)).certificate.pem,
      'ended.pem': (await serverOf(authority, { now: new Date(NOW.getTime() - 400 * DAY) })).certificate.pem,
      'early.pem': (await serverOf(authority, { now: new Date(NOW.getTime() + 5 * DAY) })).certificate.pem,
      'text.pem': 'no certificate\n',
      'empty.pem': '',
      'der.pem': server.certificate.x509.raw.toString('latin1'),
      'damaged.pem': server.certificate.pem.replace(/\n.{64}\n/, '\n'),
      'key.pem': server.key,
      'reversed.pem': authority.certificate.pem + server.certificate.pem,
      'large.pem': 'x'.repeat(300 * 1024),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'folder.pem'));
  });

  const read = (certificate: string, ca?: string) =>
    ownCertificate({ certificate, ...(ca === undefined ? {} : { ca }) }, folder, ADDRESS, NOW);

  it('is taken with its authority, and without one', () => {
    const { fingerprint } = server.certificate;
    expect(read('vcc.pem', 'ca.pem').certificate.fingerprint).toBe(fingerprint);
    expect(read('vcc.pem', 'both.pem').authority).toBe(readFileSync(join(folder, 'both.pem'), 'utf8'));
    expect(read('vcc.pem').authority).toBeUndefined();
  });

  it.each<[string, string | undefined, string]>([
    ['nothing.pem', undefined, 'nothing.pem: is not there; write its path from the folder of the catalogs'],
    ['folder.pem', undefined, 'folder.pem: must be a file, got a folder or a device; name the file'],
    ['large.pem', undefined, 'large.pem: must have at most 256 KiB; name the file'],
    [
      'empty.pem',
      undefined,
      'empty.pem: must hold a certificate in PEM, got something else; convert it: openssl x509 -inform DER -in empty.pem -out NEW',
    ],
    ['text.pem', undefined, 'text.pem: must hold a certificate in PEM, got something else'],
    ['der.pem', undefined, 'der.pem: must hold a certificate in PEM, got something else'],
    ['damaged.pem', undefined, 'damaged.pem: must hold a certificate in PEM, got something else'],
    ['key.pem', undefined, 'key.pem: must hold a certificate in PEM, got something else'],
    [
      'ca.pem',
      undefined,
      'ca.pem: is the certificate of an authority, not of a server; put the server first',
    ],
    [
      'reversed.pem',
      'ca.pem',
      'reversed.pem: is the certificate of an authority, not of a server; put the server first',
    ],
    ['ended.pem', 'ca.pem', 'ended.pem: has an end: it ended 3 days ago; order a new one'],
    ['early.pem', 'ca.pem', 'early.pem: is valid from 2026-12-05 on; check the clock of this machine'],
    [
      'named.pem',
      'ca.pem',
      'named.pem: must be for 10.0.2.15 too, and is for vcc.example.org; order one with these subject alternative names, or take them out of certificate.san',
    ],
    [
      'vcc.pem',
      'another.pem',
      'vcc.pem: must be signed by the authority in another.pem, directly or by certificates that follow it in the file; append the intermediate certificates, or name the right file as ca',
    ],
    [
      'vcc.pem',
      'vcc.pem',
      'vcc.pem: holds a certificate that is no authority; write the file of the authority as ca',
    ],
    ['vcc.pem', 'text.pem', 'text.pem: must hold a certificate in PEM, got something else'],
    ['vcc.pem', 'nothing.pem', 'nothing.pem: is not there'],
    ['of-old.pem', 'old-ca.pem', 'old-ca.pem: has an end: it ended 48 days ago; order a new one'],
  ])('%s with the authority %s is refused: %s', (certificate, ca, message) => {
    expect(() => read(certificate, ca)).toThrow(message);
  });

  it('is taken with its own key alone', () => {
    const own = read('vcc.pem');
    expect(() => checkOwnKey(server.key, KEY, own)).not.toThrow();
    const sealed = server.certificate.x509.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const wrong: readonly (readonly [string, string])[] = [
      [named.key, `${KEY}: is not the private key of the certificate; store the key that belongs to it`],
      [sealed, `${KEY}: must be a private key in PEM, got something else; store the text of the file`],
      ['CANARY', `${KEY}: must be a private key in PEM, got something else; store the text of the file`],
      [
        '-----BEGIN ENCRYPTED PRIVATE KEY-----\nCANARY\n-----END ENCRYPTED PRIVATE KEY-----\n',
        `${KEY}: is a private key with a pass phrase: nobody types it when the controller starts; store it without: openssl pkey -in KEY | kakehashi secret put ${KEY}`,
      ],
    ];
    for (const [key, message] of wrong) {
      const check = () => checkOwnKey(key, KEY, own);
      expect(check).toThrow(message);
      expect(check).not.toThrow('CANARY');
    }
  });
});

describeWith('openssl', 'a chain of certificates', () => {
  const folder = temporaryFolder({
    'ext.cnf': [
      '[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n',
      '[server]\nbasicConstraints=CA:FALSE\nsubjectAltName=IP:10.0.2.15\n',
    ].join(''),
  });
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const make = (name: string, issuer: string, section: string) => {
    openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    );
    const signer =
      issuer === name
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-days',
      '40',
      '-in',
      `${name}.csr`,
      ...signer,
      '-extfile',
      'ext.cnf',
      '-extensions',
      section,
      '-out',
      `${name}.pem`,
    );
  };
  const read = (certificate: string) =>
    ownCertificate({ certificate, ca: 'root.pem' }, folder, ADDRESS, new Date());

  beforeAll(() => {
    make('root', 'root', 'ca');
    make('middle', 'root', 'ca');
    make('leaf', 'middle', 'server');
    const text = (name: string) => readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, 'chain.pem'), text('leaf.pem') + text('middle.pem'));
    writeFileSync(join(folder, 'other.pem'), text('leaf.pem') + text('leaf.pem') + text('root.pem'));
  });

  it('leads over the certificates of the file to the authority', () => {
    const { certificate, pem } = read('chain.pem');
    expect(certificate.names).toEqual(['10.0.2.15']);
    expect(pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it.each(['leaf.pem', 'other.pem'])('is refused where a part of it is missing: %s', (file) => {
    expect(() => read(file)).toThrow(`${file}: must be signed by the authority in root.pem`);
  });
});
