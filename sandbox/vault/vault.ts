import { randomBytes } from 'node:crypto';
import { CAPABILITIES, type Capability } from '../../model/vault/policy';
import { capabilitiesOn, isAllowed } from '../../model/vault/policy-evaluator';
import type { LimitedRequest } from '../../model/vault/request-limits';
import { APPROLE } from './approle/approle';
import type { VaultCore, VaultHandler, VaultKind } from './core/core';
import { deleteBelow } from './core/entries';
import { AUTH_METHODS, Mounts, SECRET_ENGINES } from './core/mounts';
import { Policies } from './core/policies';
import type { Backend, Call, Route } from './core/route';
import { Seal } from './core/seal';
import { type Token, Tokens } from './core/tokens';
import { unsimulatedPath } from './core/unsimulated';
import { CUBBYHOLE, CUBBYHOLE_RECORD, KV1 } from './engine/kv1';
import { KV2, Misdirected } from './engine/kv2';
import {
  type Answer,
  type Json,
  type Operation,
  oneError,
  permissionDenied,
  VaultError,
  type VaultReply,
  type VaultRequest,
} from './request/exchange';
import { Fields } from './request/fields';
import { body as replyBody } from './request/reply-body';
import { newUuid } from './store/identifiers';
import type { VaultStore } from './store/vault-store';
import { SYS_AUDIT } from './sys/audit';
import { SYS_CAPABILITIES } from './sys/capabilities';
import { SYS_LEASES } from './sys/leases';
import { SYS_MOUNTS } from './sys/mounts';
import { SYS_POLICIES } from './sys/policies';
import { SYS_PREFLIGHT } from './sys/preflight';
import { SYS_STATE } from './sys/state';
import { forgetWrapped, SYS_WRAPPING, wrapped } from './sys/wrapping';
import { TOKENS } from './token/routes';

export interface VaultOptions {
  readonly store: VaultStore;
  /** The server that is simulated. @default openbao, which current VCP uses */
  readonly kind?: VaultKind;
  /** The current time in milliseconds since 1970. @default - the system's clock */
  readonly now?: () => number;
}

const SYS: Backend = [
  ...SYS_STATE,
  ...SYS_MOUNTS,
  ...SYS_POLICIES,
  ...SYS_CAPABILITIES,
  ...SYS_LEASES,
  ...SYS_WRAPPING,
  ...SYS_AUDIT,
  ...SYS_PREFLIGHT,
];

/** The versions that `sys/health` reports. */
const VERSIONS: Readonly<Record<VaultKind, string>> = { openbao: '2.6.2', vault: '1.20.0' };

/** `scan` is OpenBao's. */
const CAPABILITIES_OF: Readonly<Record<VaultKind, readonly Capability[]>> = {
  openbao: CAPABILITIES,
  vault: CAPABILITIES.filter((capability) => capability !== 'scan'),
};

/** The capability that an operation needs. That of a write depends on whether its target exists. */
const NEEDED: Readonly<Record<Exclude<Operation, 'help' | 'head' | 'write'>, Capability>> = {
  read: 'read',
  list: 'list',
  scan: 'scan',
  patch: 'patch',
  delete: 'delete',
};

/** The path below which a backend serves requests. */
interface Served {
  readonly mount: string;
  readonly backend: Backend;
}

/** The route that matches a request, if any. */
interface Found {
  readonly route: Route | undefined;
  readonly call: Call;
}

/**
 * A simulated Vault in this process, with mounts, policies, tokens and secrets in one store.
 *
 * Requests over HTTP and those of the simulated provider are answered synchronously, one after another. There is one namespace.
 * Statuses and messages are those of a real server (docs/reference/vault.md); what was not measured follows Vault's
 * documentation, or is inferred.
 */
export class Vault implements VaultCore, VaultHandler {
  readonly store: VaultStore;
  readonly kind: VaultKind;
  readonly now: () => number;
  readonly mounts: Mounts;
  readonly auths: Mounts;
  readonly policies: Policies;
  readonly tokens: Tokens;
  readonly seal = new Seal(randomBytes(32).toString('hex'));
  readonly clusterId = newUuid();

  constructor({ store, kind = 'openbao', now = Date.now }: VaultOptions) {
    this.store = store;
    this.kind = kind;
    this.now = now;
    this.mounts = new Mounts(store, SECRET_ENGINES);
    this.auths = new Mounts(store, AUTH_METHODS);
    this.policies = new Policies(store, CAPABILITIES_OF[kind], now);
    this.tokens = new Tokens(store, now, kind === 'vault' ? 'hvs.' : 's.', (accessor) => {
      deleteBelow(store, [CUBBYHOLE_RECORD], `${accessor}/`);
      forgetWrapped(this, accessor);
    });
  }

  get version(): string {
    return VERSIONS[this.kind];
  }

  /** Answers one request; never throws. */
  handle(request: VaultRequest): VaultReply {
    try {
      return this.answered(request);
    } catch (failure) {
      if (failure instanceof Misdirected)
        return { status: 404, body: replyBody({ data: null, warnings: [failure.warning] }) };
      if (failure instanceof VaultError) return { status: failure.status, body: { errors: failure.errors } };
      // The failure is not shown, because it may hold values of the request.
      return { status: 500, body: { errors: ['internal error'] } };
    }
  }

  /** The capabilities of a token on a path: `root`, or those that its policies grant. */
  capabilitiesOf(token: Token, path: string): readonly string[] {
    if (token.policies.includes('root')) return ['root'];
    return capabilitiesOn(this.policies.of(token.policies), path);
  }

  isSudo(token: Token, path: string): boolean {
    return this.may(token, 'sudo', path);
  }

  /** @param request what it holds; without it, the limits of rules are not looked at */
  private may(token: Token, capability: Capability, path: string, request?: LimitedRequest): boolean {
    const { policies } = token;
    return policies.includes('root') || isAllowed(this.policies.of(policies), capability, path, request);
  }

  /** Whether the rule that allows the request grants `sudo`. For a listing it is the rule of the path with its slash. */
  private maySudo({ operation, path }: VaultRequest, caller: Token): boolean {
    if (operation !== 'list' && operation !== 'scan') return this.isSudo(caller, path);
    const allowed = this.capabilitiesOf(caller, path.endsWith('/') ? path : `${path}/`);
    return allowed.includes('sudo') || allowed.includes('root');
  }

  private answered(request: VaultRequest): VaultReply {
    const served = this.serving(request.path);
    const found = served && this.found(request, served);
    if (this.seal.isSealed && found?.route?.sealed !== true) throw new VaultError(503, 'Vault is sealed');
    this.tokens.sweep();
    if (found?.route?.open === true && request.operation !== 'help') return this.run(request, found);
    if (request.operation !== 'help') found?.route?.first?.(found.call);
    const caller = this.tokens.find(request.token);
    if (caller === undefined) throw this.unknownToken(request.token);
    const isLastUse = this.tokens.use(caller);
    try {
      const mine = found && { ...found, call: { ...found.call, caller } };
      this.check(request, caller, mine);
      if (mine === undefined)
        throw new VaultError(404, `no handler for route "${request.path}". route entry not found.`);
      return this.run(request, mine);
    } finally {
      if (isLastUse) this.tokens.revoke(caller.accessor);
    }
  }

  /** The error for an invalid token. Vault's differs from that for a missing token, OpenBao's does not. */
  private unknownToken(token: string): VaultError {
    if (token === '' || this.kind === 'openbao') return permissionDenied();
    return new VaultError(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
  }

  /** Checks the caller's policies. @throws {@link VaultError} 403 if they do not allow the request */
  private check(request: VaultRequest, caller: Token, found: Found | undefined): void {
    const { operation, path } = request;
    if (operation === 'help') return;
    const capability =
      operation === 'write' || operation === 'head'
        ? found?.route?.exists?.(found.call) === false
          ? 'create'
          : 'update'
        : NEEDED[operation];
    const isBarred = found?.route?.sudo === true && !this.maySudo(request, caller);
    const { body, query, wrapSeconds } = request;
    const parameters = operation === 'write' || operation === 'patch' ? body : query;
    const limited = { wrapSeconds, ...(parameters ? { parameters } : {}) };
    if (!this.may(caller, capability, path, limited) || isBarred)
      throw new VaultError(403, oneError('permission denied'));
  }

  private run(request: VaultRequest, { route, call }: Found): VaultReply {
    const { operation, path, wrapSeconds = 0 } = request;
    if (operation === 'help') return { status: 200, body: { help: helpFor(call.mount), see_also: [] } };
    if (route === undefined) throw unsimulatedPath(path) ?? new VaultError(404, oneError('unsupported path'));
    const isUnknown = operation === 'head' || (operation === 'scan' && this.kind === 'vault');
    const handler = isUnknown ? undefined : route[operation];
    if (handler === undefined) throw new VaultError(405, oneError('unsupported operation'));
    const answer = handler(call);
    if (answer === undefined) return { status: 204 };
    if ('bare' in answer) return { status: answer.status ?? 200, body: answer.bare };
    const body = this.bodyOf(answer, route);
    const status = answer.status ?? 200;
    if (wrapSeconds === 0 || status !== 200) return { status, body };
    return { status, body: { ...wrapped(this, body, path, wrapSeconds), request_id: newUuid() } };
  }

  private bodyOf(answer: Exclude<Answer, undefined | { bare: Json }>, route: Route): Json {
    const body = replyBody(answer);
    return route.doubled === true ? { ...answer.data, ...body } : body;
  }

  /** The route that matches a request below its mount. */
  private found(request: VaultRequest, { mount, backend }: Served): Found {
    const below = request.path.slice(mount.length);
    const fields = new Fields(request.body ?? {});
    for (const route of backend) {
      const match = route.path.exec(below);
      if (match === null) continue;
      const params = { ...match.groups } as Record<string, string>;
      return { route, call: { vault: this, request, fields, params, mount, caller: undefined } };
    }
    return { route: undefined, call: { vault: this, request, fields, params: {}, mount, caller: undefined } };
  }

  /** The mount that serves a path, with its backend; undefined if there is none. */
  private serving(path: string): Served | undefined {
    if (path.startsWith('sys/')) return { mount: 'sys/', backend: SYS };
    if (path.startsWith('auth/token/')) return { mount: 'auth/token/', backend: TOKENS };
    if (path.startsWith('auth/')) {
      const method = this.auths.serving(path.slice('auth/'.length));
      return method && { mount: `auth/${method.path}`, backend: APPROLE };
    }
    const mount = this.mounts.serving(path);
    if (mount === undefined) return undefined;
    return { mount: mount.path, backend: this.engine(mount.type, mount.options?.version) };
  }

  private engine(type: string, version: string | undefined): Backend {
    if (type === 'cubbyhole') return CUBBYHOLE;
    if (type === 'kv' || type === 'generic') return version === '2' ? KV2 : KV1;
    return [];
  }
}

function helpFor(mount: string): string {
  return `## DESCRIPTION\n\nA simulated ${mount.replace(/\/$/, '')}. docs/sandbox.md says what it answers.\n`;
}
