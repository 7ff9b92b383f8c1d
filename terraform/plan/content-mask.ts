import { digestOf } from '../../base/files';
import { MASK, unpackedText } from '../masks';

/** Attributes with what a machine runs when it starts. It may hold secrets that nobody marks and no run knows. */
const CONTENT = /^(user_data|user_data_base64|custom_data)$/;

export function isContent(attribute: string): boolean {
  return CONTENT.test(attribute);
}

/**
 * What is shown in place of such a content: nothing of it, and a digest by which two of them can be told apart. The digest is
 * of what is packed in it, without the secrets that are known, so that it tells nothing about one of them.
 *
 * @param mask - replaces the secrets that are known
 */
export function contentMask(text: string, mask: (text: string) => string): string {
  const isBase64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) && text.length % 4 === 0;
  const content = (isBase64 ? unpackedText(text) : undefined) ?? text;
  return `${MASK} sha256:${digestOf(mask(content)).slice(0, 32)}`;
}
