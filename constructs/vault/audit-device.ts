import { Audit } from '@cdktf/provider-vault/lib/audit';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { checkMountPath } from './names';

export interface AuditDeviceProps {
  readonly type: 'file' | 'syslog' | 'socket';
  /** @default - the type */
  readonly path?: string;
  /** Options of the device, as Vault spells them: `file_path` of a file, `address` of a socket. @default - none */
  readonly options?: Readonly<Record<string, string>>;
}

/** The option that a device of each type needs. */
const NEEDED = { file: 'file_path', socket: 'address', syslog: undefined } as const;

/**
 * Where the server writes every request and answer. Any change replaces it.
 *
 * While none of its devices can be written, a server answers nothing: a full disk stops it. OpenBao refuses devices
 * over its API (docs/reference/vault.md): there they stand in the server's own configuration.
 *
 * @throws {@link PropsError} for an option that is missing, and for one that writes secrets in clear
 */
export class AuditDevice extends Construct {
  readonly device: Audit;

  constructor(scope: Construct, id: string, props: AuditDeviceProps) {
    super(scope, id);
    checkCore(this);
    const path = props.path ?? props.type;
    const options = props.options ?? {};
    checkMountPath(this, 'path', path);
    const needed = NEEDED[props.type];
    if (needed !== undefined && (options[needed] ?? '') === '') {
      refuse(this, `options: must have ${needed} for the type ${props.type}, got none`);
    }
    if ((options.log_raw ?? 'false') !== 'false') {
      refuse(
        this,
        `options.log_raw: must be false, or tokens and secrets stand in the log, got ${JSON.stringify(options.log_raw)}`,
      );
    }
    this.device = new Audit(this, 'Resource', { type: props.type, path, options: { ...options } });
  }
}
