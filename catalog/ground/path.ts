/** Keys and list indexes from the root of a file to a value. */
export type Path = readonly (string | number)[];

/** `aws.default.create.ingress[0].from`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}
