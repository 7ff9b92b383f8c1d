import type { Diagnostic } from '../../../terraform/messages';

/** An import that a plan tried. */
export interface TriedImport {
  readonly address: string;
  readonly id: string;
}

/** Errors that say nothing about whether an object is there. */
const NO_ANSWER =
  /AccessDenied|UnauthorizedOperation|AuthorizationFailed|not authorized|permission denied|ExpiredToken|no valid credential/i;

/**
 * The imports that failed because nothing has such an id.
 *
 * Terraform names the resource where the provider finds nothing. A provider that looks for the object itself names its ids instead.
 *
 * @returns undefined where an error is about anything else
 */
export function failedImports<T extends TriedImport>(
  errors: readonly Diagnostic[],
  tried: readonly T[],
): readonly T[] | undefined {
  const failed = new Set<T>();
  for (const error of errors) {
    const one = importOf(error, tried);
    if (one === undefined) return undefined;
    failed.add(one);
  }
  return failed.size === 0 ? undefined : [...failed];
}

function importOf<T extends TriedImport>(
  { summary, detail, address }: Diagnostic,
  tried: readonly T[],
): T | undefined {
  const text = `${summary}\n${detail}`;
  if (NO_ANSWER.test(text)) return undefined;
  const named = tried.find((one) => text.includes(JSON.stringify(one.address)) || one.address === address);
  if (named !== undefined) return named;
  // `No association found between route table rtb-1 and subnet-1`: all parts of the id. Of several, the one that says most.
  const fitting = tried.filter(({ id }) => partsOf(id).every((part) => text.includes(part)));
  return fitting.reduce<T | undefined>(
    (best, one) => (best === undefined || one.id.length > best.id.length ? one : best),
    undefined,
  );
}

function partsOf(id: string): readonly string[] {
  return id.split(/[/_:,]/).filter((part) => part !== '');
}
