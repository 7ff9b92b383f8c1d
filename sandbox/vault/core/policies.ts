import type { Policy } from '../../../model/vault/policy';
import { parsePolicy } from '../../../model/vault/policy-text';
import { timestamp } from '../request/duration';
import { badRequest, type Json } from '../request/exchange';
import type { VaultStore } from '../store/vault-store';
import { BUILT_IN_POLICIES, WRAPPING_POLICY } from './default-policy';

const TYPE = 'vault_policy';

/** The record of a policy. One that was written before OpenBao's metadata were simulated has its text only. */
interface Written {
  readonly policy: string;
  readonly version?: number;
  readonly modified?: string;
  readonly cas_required?: boolean;
  readonly expiration?: string;
}

const PLAIN: Omit<Written, 'policy'> = {};

/** OpenBao's settings of a policy in a request that writes it. */
export interface PolicySettings {
  /** The version that the policy must have; -1 if it must not exist. */
  readonly cas?: number;
  readonly cas_required?: boolean;
  /** Milliseconds since 1970. @default - never */
  readonly expiresAt?: number;
}

/** The policies of the simulated Vault: `root`, `default`, and those that were written. Names are in lower case. */
export class Policies {
  private readonly parsed = new Map<string, { readonly text: string; readonly policy: Policy }>();

  private readonly startedAt: number;

  /**
   * @param known - the capabilities that the simulated server knows
   * @param now - the current time in milliseconds since 1970
   */
  constructor(
    private readonly store: VaultStore,
    private readonly known: readonly string[],
    private readonly now: () => number,
  ) {
    this.startedAt = now();
  }

  names(): readonly string[] {
    const own = this.store.all(TYPE).flatMap(({ id }) => (this.written(id) === undefined ? [] : [id]));
    return [...new Set(['default', 'root', ...own])].sort();
  }

  exists(name: string): boolean {
    return name === 'root' || this.text(name) !== undefined;
  }

  /** The text of a policy, as it was written. The text of `root` is empty. */
  text(name: string): string | undefined {
    if (name === 'root') return '';
    const written = this.written(name);
    if (written !== undefined) return written.policy;
    return Object.hasOwn(BUILT_IN_POLICIES, name) ? BUILT_IN_POLICIES[name] : undefined;
  }

  /** The rules of some policies. Names without a policy are left out. */
  of(names: readonly string[]): readonly Policy[] {
    return names.flatMap((name) => {
      const text = name === 'root' ? undefined : this.text(name);
      return text === undefined ? [] : [this.rules(name, text)];
    });
  }

  /** What OpenBao says about a policy beside its text. That of a policy of the server itself dates from its start. */
  metadata(name: string): Json {
    const written = this.written(name);
    const { version, modified, cas_required = false, expiration } = written ?? PLAIN;
    return {
      allow_slashes_in_identity_templates: false,
      allow_wildcards_in_identity_templates: false,
      cas_required,
      modified: modified ?? timestamp(this.startedAt),
      version: version ?? 1,
      ...(expiration === undefined ? {} : { expiration }),
    };
  }

  /** Creates or replaces a policy. @throws {@link VaultError} 400 if it is no policy, its name is reserved, or the settings refuse it */
  write(name: string, text: string, settings: PolicySettings = {}): void {
    if (name === 'root' || name === WRAPPING_POLICY) throw badRequest(`cannot update "${name}" policy`);
    this.parse(text);
    const before = this.written(name);
    const version = before?.version ?? (before === undefined ? 0 : 1);
    this.checkSettings(settings, before, version);
    const { cas_required = false, expiresAt } = settings;
    this.store.put(TYPE, name, {
      name,
      policy: text,
      version: version + 1,
      modified: timestamp(this.now()),
      cas_required,
      ...(expiresAt === undefined ? {} : { expiration: timestamp(expiresAt) }),
    });
  }

  private checkSettings(
    { cas, cas_required, expiresAt }: PolicySettings,
    before: Written | undefined,
    version: number,
  ): void {
    if (cas === undefined && (cas_required === true || before?.cas_required === true))
      throw badRequest('check-and-set parameter required for this call');
    if (cas === -1 && before !== undefined)
      throw badRequest('check-and-set parameter set to -1 on existing entry');
    if (cas !== undefined && cas !== -1 && cas !== version)
      throw badRequest('check-and-set parameter did not match the current version');
    if (expiresAt !== undefined && expiresAt <= this.now())
      throw badRequest('refusing to update policy as expiration time has already elapsed');
  }

  /** The record of a policy that was written and has not expired. */
  private written(name: string): Written | undefined {
    const record = this.store.get(TYPE, name) as unknown as Written | undefined;
    const isGone = record?.expiration !== undefined && Date.parse(record.expiration) <= this.now();
    return typeof record?.policy === 'string' && !isGone ? record : undefined;
  }

  delete(name: string): void {
    if (name === 'root' || Object.hasOwn(BUILT_IN_POLICIES, name))
      throw badRequest(
        name === 'default' ? 'cannot delete default policy' : `cannot delete "${name}" policy`,
      );
    this.store.delete(TYPE, name);
  }

  private rules(name: string, text: string): Policy {
    const known = this.parsed.get(name);
    if (known?.text === text) return known.policy;
    const policy = this.parse(text);
    this.parsed.set(name, { text, policy });
    return policy;
  }

  private parse(text: string): Policy {
    try {
      return parsePolicy(text, this.known);
    } catch (failure) {
      if (failure instanceof Error)
        throw badRequest(
          failure.message.replace(/(\S+) is not supported here/, 'the sandbox does not simulate $1'),
        );
      throw failure;
    }
  }
}
