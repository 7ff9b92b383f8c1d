import { isIP } from 'node:net';
import { duplicateKey } from './duplicate-key';
import { goJsonError } from './go-json-error';
import { parseIpNetwork } from './ip-network';

/** What a message is about: the argument as the provider writes it, such as `ingress.0.description`, and the refused value. */
interface Subject {
  readonly name: string;
  readonly value: string | number;
}

/** A text as Go quotes it with `%q`. */
function quoted(value: string): string {
  return JSON.stringify(value);
}

/** The bits that Go finds significant in a network; those of an IPv4 network mapped into IPv6 are counted in IPv6. */
function bits(value: string): string {
  return String(Number(value.split('/')[1] ?? ''));
}

/** The value of each placeholder in a recorded message. */
const PLACEHOLDERS: Readonly<Record<string, (subject: Subject) => string>> = {
  name: ({ name }) => name,
  value: ({ value }) => String(value),
  quoted: ({ value }) => quoted(String(value)),
  network: ({ value }) => parseIpNetwork(String(value))?.canonical ?? '',
  bits: ({ value }) => bits(String(value)),
  json: ({ value }) => goJsonError(String(value)) ?? '',
  duplicate: ({ value }) => quoted(duplicateKey(String(value)) ?? ''),
  address: ({ value }) => (isIP(String(value)) === 0 ? '<nil>' : String(value)),
  float: ({ value }) => Number(value).toFixed(6),
  bytes: ({ value }) => String(Buffer.byteLength(String(value))),
};

/** A recorded message, with its placeholders (`{name}`, `{value}`, `{quoted}`, …) filled in. */
export function rendered(template: string, subject: Subject): string {
  return template.replace(/\{(\w+)\}/g, (whole, placeholder: string) => {
    const fill = PLACEHOLDERS[placeholder];
    return fill === undefined ? whole : fill(subject);
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The text with a replacement outside of lists of legal values, such as `[169.254.0.0/30 169.254.1.0/30]`. */
function outsideLists(message: string, replace: (part: string) => string): string {
  return message
    .split(/(any of \[.*\]|one of \[.*\])/)
    .map((part, index) => (index % 2 === 0 ? replace(part) : part))
    .join('');
}

/** The recorded form of a message: placeholders stand for everything that depends on the argument's name and value. */
export function templateOf(message: string, { name, value }: Subject): string {
  const text = String(value);
  const network = parseIpNetwork(text)?.canonical;
  return outsideLists(message, (part) => {
    const json = goJsonError(text);
    const withJson = json === undefined ? part : part.replace(json, () => '{json}');
    const named = withJson.replace(new RegExp(`(?<![\\w.])${escaped(name)}(?![\\w.])`, 'g'), '{name}');
    const withValue =
      text.length < 3
        ? named
            .replace(new RegExp(`(got:? |\\()${escaped(text)}(?=$|\\)| with)`, 'g'), '$1{value}')
            .replace(/^value "" for/, 'value {quoted} for')
            .replaceAll(`'${text}'`, "'{value}'")
        : named.replaceAll(quoted(text), '{quoted}').replaceAll(text, '{value}');
    return network === undefined || network === text ? withValue : withValue.replaceAll(network, '{network}');
  })
    .replace(/^<nil>(?= is not within)/, '{address}')
    .replace(/(duplicate key )".*"$/, '$1{duplicate}')
    .replace(/(significant bits, got: )\d+$/, '$1{bits}')
    .replace(/(, got )-?\d+\.\d{6}$/, '$1{float}')
    .replace(/(at byte offset )\d+$/, '$1{bytes}');
}
