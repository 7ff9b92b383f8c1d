import type { Proposal } from '../tunnel/proposal';
import { ValueError } from '../value-error';

/** Outer IPv4 header without options (RFC 791). */
const OUTER_HEADER = 20;
/** UDP header in front of ESP where there is a NAT (RFC 3948). */
const UDP_HEADER = 8;
/** Security parameters index and sequence number (RFC 4303 §2). */
const ESP_HEADER = 8;
/** Pad length and next header (RFC 4303 §2). */
const ESP_TRAILER = 2;
/** IPv4 and TCP headers without options. */
const TCP_IP_HEADERS = 40;

interface EspSizes {
  /** Bytes of the initialization vector in each packet. */
  readonly iv: number;
  /** Bytes of the integrity check value at the end of each packet. */
  readonly icv: number;
  /** The encrypted part is padded to a multiple of this many bytes. */
  readonly block: number;
}

/** AES-GCM with a 16-byte tag: RFC 4106. */
const GCM: EspSizes = { iv: 8, icv: 16, block: 4 };
/** AES-CBC: RFC 3602. */
const CBC = { iv: 16, block: 16 } as const;
/** Bytes of the truncated tags: RFC 2404 for SHA-1, RFC 4868 for SHA-2. */
const ICV: Readonly<Record<string, number>> = { SHA1: 12, 'SHA2-256': 16, 'SHA2-384': 24, 'SHA2-512': 32 };

/** How much fits into one ESP packet of a tunnel. */
export interface TunnelMtu {
  /** The MTU inside the tunnel, in bytes. */
  readonly mtu: number;
  /** The maximum segment size of TCP inside the tunnel (RFC 9293 §3.7.1), in bytes. */
  readonly mss: number;
}

/**
 * The MTU inside a tunnel: the largest inner packet whose ESP packet fits the link, whichever of the proposals is chosen.
 *
 * @throws {@link ValueError} for an algorithm whose sizes are not known
 */
export function tunnelMtu(
  esp: readonly Proposal[],
  link: { readonly mtu: number; readonly behindNat: boolean },
): TunnelMtu {
  const fixed = OUTER_HEADER + (link.behindNat ? UDP_HEADER : 0) + ESP_HEADER;
  const mtu = Math.min(
    ...esp.map(espSizes).map(({ iv, icv, block }) => {
      const encrypted = Math.floor((link.mtu - fixed - iv - icv) / block) * block;
      return encrypted - ESP_TRAILER;
    }),
  );
  return { mtu, mss: mtu - TCP_IP_HEADERS };
}

function espSizes({ encryption, integrity }: Proposal): EspSizes {
  if (/-GCM-16$/.test(encryption)) return GCM;
  const icv = ICV[integrity ?? ''];
  if (!/^AES(128|256)$/.test(encryption) || icv === undefined) {
    throw new ValueError('an ESP algorithm whose overhead is known', `${encryption} ${integrity ?? 'alone'}`);
  }
  return { ...CBC, icv };
}
