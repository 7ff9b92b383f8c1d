import type { Policy } from '../../../model/vault/policy';
import { parsePolicy } from '../../../model/vault/policy-text';
import { badRequest } from '../request/exchange';
import type { VaultStore } from '../store/vault-store';
import { BUILT_IN_POLICIES, WRAPPING_POLICY } from './default-policy';

const TYPE = 'vault_policy';

/** The policies of the simulated Vault: `root`, `default`, and those that were written. Names are in lower case. */
export class Policies {
  private readonly parsed = new Map<string, { readonly text: string; readonly policy: Policy }>();

  constructor(private readonly store: VaultStore) {}

  names(): readonly string[] {
    const own = this.store.all(TYPE).map(({ id }) => id);
    return [...new Set(['default', 'root', ...own])].sort();
  }

  exists(name: string): boolean {
    return name === 'root' || this.text(name) !== undefined;
  }

  /** The text of a policy, as it was written. The text of `root` is empty. */
  text(name: string): string | undefined {
    if (name === 'root') return '';
    const written = this.store.get(TYPE, name)?.policy;
    if (typeof written === 'string') return written;
    return Object.hasOwn(BUILT_IN_POLICIES, name) ? BUILT_IN_POLICIES[name] : undefined;
  }

  /** The rules of some policies. Names without a policy are left out. */
  of(names: readonly string[]): readonly Policy[] {
    return names.flatMap((name) => {
      const text = name === 'root' ? undefined : this.text(name);
      return text === undefined ? [] : [this.rules(name, text)];
    });
  }

  /** Creates or replaces a policy. @throws {@link VaultError} 400 if the text is not a policy, or the name is reserved */
  write(name: string, text: string): void {
    if (name === 'root' || name === WRAPPING_POLICY) throw badRequest(`cannot update "${name}" policy`);
    parsedPolicy(text);
    this.store.put(TYPE, name, { name, policy: text });
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
    const policy = parsedPolicy(text);
    this.parsed.set(name, { text, policy });
    return policy;
  }
}

function parsedPolicy(text: string): Policy {
  try {
    return parsePolicy(text);
  } catch (failure) {
    if (failure instanceof Error)
      throw badRequest(
        failure.message.replace(/(\S+) is not supported here/, 'the sandbox does not simulate $1'),
      );
    throw failure;
  }
}
