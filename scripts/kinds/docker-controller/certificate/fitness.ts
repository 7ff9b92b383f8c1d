import { missingNames, type ServerName } from '../../../../model/tls/server-names';
import { daysLeft, endWords, RENEW_DAYS } from '../../../../model/tls/validity';
import { type Certificate, isSignedBy } from './certificate';

/** A server's certificate as it is found somewhere, with what belongs to it. */
export interface FoundCertificate {
  /** Absent where there is none that can be read. */
  readonly certificate?: Certificate;
  /** The authority's certificate beside it. */
  readonly authority?: Certificate;
  /** Whether the private key beside it is its own. */
  readonly hasKey: boolean;
}

/** What a server's certificate must be. */
export interface WantedCertificate {
  readonly names: readonly ServerName[];
  /** The environment's own authority. Absent where it is not known here: then the one beside the certificate counts. */
  readonly authority?: Certificate;
}

/** Why a server's certificate can't be used any more, as a clause; undefined where it can. */
export function whyRenewed(
  { certificate, authority, hasKey }: FoundCertificate,
  wanted: WantedCertificate,
  now: Date,
): string | undefined {
  if (certificate === undefined) return 'there is none yet';
  if (!hasKey) return 'its private key is not there, or is another one';
  const signer = wanted.authority ?? authority;
  if (signer === undefined || authority === undefined) return 'its authority is not there';
  if (signer.fingerprint !== authority.fingerprint || !isSignedBy(certificate, signer))
    return 'it is from another authority';
  const missing = missingNames(wanted.names, certificate.names);
  if (missing.length > 0) return `it is not for ${missing.join(', ')}`;
  const extra = missingNames(certificate.names, wanted.names);
  if (extra.length > 0) return `it is also for ${extra.join(', ')}`;
  if (signer.end < certificate.end) return `its authority ${endWords(signer.end, now)}`;
  return daysLeft(certificate.end, now) <= RENEW_DAYS ? `it ${endWords(certificate.end, now)}` : undefined;
}
