import type { Capability, Parameters, ParameterValue, RequestLimits } from './policy';

/** A request, as far as a rule limits it beyond its path. */
export interface LimitedRequest {
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** How long its wrapped answer is to live; absent where it does not say, 0 where it says that it is not to be wrapped. */
  readonly wrapSeconds?: number | undefined;
}

/** Operations whose parameters a server looks at. */
const WITH_PARAMETERS: readonly Capability[] = ['read', 'create', 'update', 'patch'];

/** The limits of a rule, without its path. */
export function limitsOf(
  rule: { readonly [K in keyof RequestLimits]: RequestLimits[K] | undefined },
): RequestLimits {
  const {
    allowedParameters,
    deniedParameters,
    requiredParameters,
    minWrappingTtlSeconds,
    maxWrappingTtlSeconds,
  } = rule;
  return {
    ...(allowedParameters === undefined ? {} : { allowedParameters }),
    ...(deniedParameters === undefined ? {} : { deniedParameters }),
    ...(requiredParameters === undefined ? {} : { requiredParameters }),
    ...(minWrappingTtlSeconds === undefined ? {} : { minWrappingTtlSeconds }),
    ...(maxWrappingTtlSeconds === undefined ? {} : { maxWrappingTtlSeconds }),
  };
}

/** Whether some requests with a capability are let through and others are not. */
export function dependsOnRequest(limits: RequestLimits, capability: Capability): boolean {
  const { allowedParameters = {}, deniedParameters = {}, requiredParameters = [] } = limits;
  const { minWrappingTtlSeconds: min = 0, maxWrappingTtlSeconds: max = 0 } = limits;
  if (min > 0 || max > 0) return true;
  if (!WITH_PARAMETERS.includes(capability)) return false;
  const allowed = Object.keys(allowedParameters);
  const allowsAll = allowed.length === 0 || (allowed.length === 1 && allowed[0] === '*');
  return !allowsAll || Object.keys(deniedParameters).length > 0 || requiredParameters.length > 0;
}

/**
 * Whether a rule lets a request through that its capabilities allow.
 *
 * As OpenBao 2.6.2 does (measured): names of parameters are compared in small letters; a request without parameters passes all
 * but those that are required; text may have a `*` at its ends; a value of another type never matches.
 */
export function passesLimits(
  limits: RequestLimits,
  capability: Capability,
  request: LimitedRequest,
): boolean {
  const { minWrappingTtlSeconds: min = 0, maxWrappingTtlSeconds: max = 0 } = limits;
  const { wrapSeconds, parameters = {} } = request;
  // A wrap of 0 seconds counts here, though the answer is not wrapped then: only the shortest time keeps it away.
  if (max > 0 && (wrapSeconds === undefined || wrapSeconds > max)) return false;
  if (min > 0 && (wrapSeconds === undefined || wrapSeconds < min)) return false;
  if (min !== 0 && max !== 0 && max < min) return false;
  return !WITH_PARAMETERS.includes(capability) || parametersPass(limits, parameters);
}

function parametersPass(
  { allowedParameters = {}, deniedParameters = {}, requiredParameters = [] }: RequestLimits,
  parameters: Readonly<Record<string, unknown>>,
): boolean {
  const given = Object.entries(parameters);
  if (!requiredParameters.every((name) => Object.hasOwn(parameters, name.toLowerCase()))) return false;
  if (given.length === 0) return true;
  if (Object.hasOwn(deniedParameters, '*')) return false;
  const isIn = (limited: Parameters, name: string, value: unknown): boolean | undefined => {
    const values = own(limited, name.toLowerCase());
    return values && (values.length === 0 || values.some((one) => matches(one, value)));
  };
  if (given.some(([name, value]) => isIn(deniedParameters, name, value))) return false;
  const names = Object.keys(allowedParameters);
  const allowsOthers = names.length === 0 || Object.hasOwn(allowedParameters, '*');
  if (names.length === 1 && allowsOthers) return true;
  return given.every(([name, value]) => isIn(allowedParameters, name, value) ?? allowsOthers);
}

function own(parameters: Parameters, name: string): readonly ParameterValue[] | undefined {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

/** A text that is one asterisk, or the empty one, is no pattern; nor is any text in a list. */
function matches(allowed: ParameterValue, value: unknown): boolean {
  if (typeof allowed !== 'string' || typeof value !== 'string') return isSame(allowed, value);
  if (allowed.length < 2) return allowed === value;
  const [begins, ends] = [allowed.startsWith('*'), allowed.endsWith('*')];
  if (begins && ends) return value.includes(allowed.slice(1, -1));
  if (begins) return value.endsWith(allowed.slice(1));
  return ends ? value.startsWith(allowed.slice(0, -1)) : allowed === value;
}

/** A number or an object of a policy is of another type than one of a request, and never the same. */
function isSame(allowed: ParameterValue, value: unknown): boolean {
  if (!Array.isArray(allowed))
    return (typeof allowed === 'string' || typeof allowed === 'boolean') && allowed === value;
  const members: readonly ParameterValue[] = allowed;
  return (
    Array.isArray(value) &&
    members.length === value.length &&
    members.every((member, index) => isSame(member, value[index]))
  );
}

/**
 * The limits of two rules of one path. Values add up; of two wrapping times the shorter counts, which the server prefers, too.
 */
export function mergedLimits(a: RequestLimits, b: RequestLimits): RequestLimits {
  const required = [...new Set([...(a.requiredParameters ?? []), ...(b.requiredParameters ?? [])])];
  const allowed = mergedParameters(a.allowedParameters, b.allowedParameters);
  const denied = mergedParameters(a.deniedParameters, b.deniedParameters);
  const min = shorter(a.minWrappingTtlSeconds, b.minWrappingTtlSeconds);
  const max = shorter(a.maxWrappingTtlSeconds, b.maxWrappingTtlSeconds);
  return {
    ...(allowed ? { allowedParameters: allowed } : {}),
    ...(denied ? { deniedParameters: denied } : {}),
    ...(required.length === 0 ? {} : { requiredParameters: required }),
    ...(min === undefined ? {} : { minWrappingTtlSeconds: min }),
    ...(max === undefined ? {} : { maxWrappingTtlSeconds: max }),
  };
}

function mergedParameters(a: Parameters = {}, b: Parameters = {}): Parameters | undefined {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    names.map((name) => {
      const [one, other] = [own(a, name), own(b, name)];
      if (one === undefined || other === undefined) return [name, one ?? other ?? []];
      return [name, one.length === 0 || other.length === 0 ? [] : [...one, ...other]];
    }),
  );
}

function shorter(a: number | undefined, b: number | undefined): number | undefined {
  const times = [a, b].filter((time) => time !== undefined && time > 0);
  return times.length === 0 ? undefined : Math.min(...times.map(Number));
}
