import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A server's key and certificate, PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority for one test, made with openssl in a folder of its own. */
export class TestAuthority {
  readonly caFile: string;

  constructor(private readonly folder: string) {
    this.caFile = path.join(folder, 'ca.pem');
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    this.openssl(
      'req',
      '-x509',
      ...curve,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Test authority',
    );
    this.openssl('req', ...curve, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
  }

  get pem(): string {
    return readFileSync(this.caFile, 'utf8');
  }

  /** @param days - how long it is valid; negative: it has expired */
  certificate(names: string, days = 1): ServerCertificate {
    writeFileSync(path.join(this.folder, 'names'), `subjectAltName=${names}`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days)];
    this.openssl('x509', '-req', '-in', 'server.csr', ...signed, '-extfile', 'names', '-out', 'server.pem');
    return { key: this.read('server.key'), cert: this.read('server.pem') };
  }

  /** One that no authority has signed. */
  selfSigned(): ServerCertificate {
    const signed = ['-signkey', 'server.key', '-days', '1'];
    this.openssl('x509', '-req', '-in', 'server.csr', ...signed, '-out', 'self.pem');
    return { key: this.read('server.key'), cert: this.read('self.pem') };
  }

  private read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
}
