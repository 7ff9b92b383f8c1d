/**
 * Encryption algorithms by the names that tunnel descriptions use. AES alone means CBC mode (RFC 3602); `GCM-16` is
 * AES-GCM with a tag of 16 bytes (RFC 4106, in IKE RFC 5282).
 */
export const ENCRYPTION_ALGORITHMS = ['AES128', 'AES256', 'AES128-GCM-16', 'AES256-GCM-16'] as const;
export type EncryptionAlgorithm = (typeof ENCRYPTION_ALGORITHMS)[number];

/** Integrity algorithms; in IKE also the hash of the pseudo-random function (RFC 2404, RFC 4868). */
export const INTEGRITY_ALGORITHMS = ['SHA1', 'SHA2-256', 'SHA2-384', 'SHA2-512'] as const;
export type IntegrityAlgorithm = (typeof INTEGRITY_ALGORITHMS)[number];

/** Whether a cipher checks integrity by itself, so that ESP needs no integrity algorithm beside it. */
export function hasOwnIntegrity(encryption: string): boolean {
  return encryption.includes('GCM');
}
