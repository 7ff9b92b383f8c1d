/** A step of an attribute path: an attribute's name or a list position. */
export type PathStep = string | number;

export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly summary: string;
  readonly detail?: string;
  readonly path?: readonly PathStep[];
}

export function error(summary: string, detail?: string, path?: readonly PathStep[]): Diagnostic {
  return {
    severity: 'ERROR',
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(path === undefined ? {} : { path }),
  };
}

export function pathMessage(path: readonly PathStep[]): Record<string, unknown> {
  return {
    steps: path.map((step) =>
      typeof step === 'number' ? { element_key_int: step } : { attribute_name: step },
    ),
  };
}

export function diagnosticMessage(diagnostic: Diagnostic): Record<string, unknown> {
  return {
    severity: diagnostic.severity,
    summary: diagnostic.summary,
    detail: diagnostic.detail ?? '',
    ...(diagnostic.path === undefined ? {} : { attribute: pathMessage(diagnostic.path) }),
  };
}
