import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startVault } from '../../../sandbox/vault/start-vault';
import { memoryStore } from '../../../sandbox/vault/store/vault-store';
import { FakeSts } from '../../support/fake-sts';
import type { Outcome } from '../../support/scripted-terraform';
import { type CliOptions, VaultProject } from '../../vault/cli';
import { done, policyText, type TestServer, tokenWith } from '../../vault/servers';
import type { ServerCertificate } from '../vault/certificates';

/** One line of `doctor --json`. */
export interface ToldCheck {
  readonly check: string;
  readonly subject: string;
  readonly verdict: 'passed' | 'failed' | 'noted';
  readonly found: string;
  readonly help?: string;
}

interface Line {
  readonly type: string;
  readonly at: string;
  readonly environment: string;
}

export interface Examined {
  readonly code: number | null;
  readonly checks: readonly ToldCheck[];
  readonly outcome: Outcome;
}

/** A Vault of its own, with a clock that can be moved, and a project whose catalogs name it. */
export class DoctorVault {
  private constructor(
    readonly server: TestServer,
    readonly project: VaultProject,
    private readonly clock: { aheadMs: number },
    /** Answers for AWS, so that nobody outside is asked. */
    readonly sts: FakeSts,
  ) {}

  /** @param certificate - with which it speaks https. @default - it speaks http */
  static async start(certificate?: ServerCertificate): Promise<DoctorVault> {
    const clock = { aheadMs: 0 };
    const rootToken = 'CANARY-root-of-the-tests';
    const now = () => Date.now() + clock.aheadMs;
    const tls = certificate === undefined ? {} : { tls: certificate };
    const address = { host: '127.0.0.1', port: 0 };
    const started = await startVault({ ...address, ...tls, rootToken, store: memoryStore(), now });
    const sts = await FakeSts.start();
    const close = async () => {
      await sts.close();
      await started.close();
    };
    const server = { address: started.address, rootToken, close };
    const project = new VaultProject(server);
    const terraform = path.join(project.folder, 'terraform');
    writeFileSync(terraform, '#!/bin/sh\necho \'{"terraform_version": "1.11.4"}\'\n');
    chmodSync(terraform, 0o755);
    return new DoctorVault(server, project, clock, sts);
  }

  /** Lets time pass at the server. */
  wait(seconds: number): void {
    this.clock.aheadMs += seconds * 1000;
  }

  /** Writes `catalog/lab.yml` with this section `vault`, its server's address and kind in it, and more at the root. */
  catalog(vault: object, more = ''): void {
    const section = JSON.stringify({ address: this.server.address, server: 'openbao', ...vault });
    this.project.write('catalog/lab.yml', `cci_version: '1.0'\nvault: ${section}\n${more}`);
  }

  /** A token with exactly these rules. */
  async token(rules: Readonly<Record<string, readonly string[]>>, more: object = {}): Promise<string> {
    const body = { policy: policyText({ 'auth/token/lookup-self': ['read'], ...rules }) };
    await done(this.server, 'PUT', 'sys/policies/acl/made-for-it', { body });
    return (await tokenWith(this.server, ['made-for-it'], more)).token;
  }

  /** Runs `kakehashi doctor lab --json …`. */
  async doctor(args: readonly string[] = [], options: CliOptions = {}): Promise<Examined> {
    const terraform = {
      KAKEHASHI_TERRAFORM_BIN: path.join(this.project.folder, 'terraform'),
      AWS_ENDPOINT_URL_STS: this.sts.url,
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'CANARY-secret-of-the-tests',
    };
    const outcome = await this.project.run(['doctor', 'lab', '--json', ...args], {
      ...options,
      env: { ...terraform, ...options.env },
    });
    const lines = outcome.stdout.split('\n').filter((line) => line !== '');
    const checks = lines.flatMap((line): ToldCheck[] => {
      const { type, at: _, environment: __, ...check } = JSON.parse(line) as ToldCheck & Line;
      return type === 'check' ? [check] : [];
    });
    return { code: outcome.code, checks, outcome };
  }
}
