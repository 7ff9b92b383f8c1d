/**
 * A custom IPsec policy of a connection, in Azure's words. A connection has one, and every field of it is set: without a policy
 * Azure proposes weak algorithms too.
 */
export interface IpsecPolicy {
  readonly ikeEncryption: string;
  readonly ikeIntegrity: string;
  readonly dhGroup: string;
  readonly ipsecEncryption: string;
  readonly ipsecIntegrity: string;
  readonly pfsGroup: string;
}
