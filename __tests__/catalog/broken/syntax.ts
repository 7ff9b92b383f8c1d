import type { Broken } from './table';

export const SYNTAX: readonly Broken[] = [
  {
    name: 'a key that is too long, and one that is just not',
    added: `own:\n  default:\n    ${'k'.repeat(128)}: 1\n    ${'l'.repeat(129)}: 1\n`,
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      '32:5-134 too-long own.default: a key must be at most 128 characters, got 129',
    ],
  },
  {
    name: 'an empty file',
    text: '',
    problems: ["1:1-1 empty-file : is empty | a catalog begins with cci_version: '1.0'"],
  },
  {
    name: 'a file of comments only',
    text: '# nothing\n',
    problems: ["1:1-1 empty-file : is empty | a catalog begins with cci_version: '1.0'"],
  },
  {
    name: 'a list',
    text: '- a\n',
    problems: ['1:1-4 wrong-type : must be a map of keys, got a list'],
  },
  {
    name: 'a text',
    text: 'hello\n',
    problems: ['1:1-6 wrong-type : must be a map of keys, got "hello"'],
  },
  {
    name: 'a tab that indents',
    changes: [['  controller: 10.0.2.15/24', '\tcontroller: 10.0.2.15/24']],
    problems: ['3:1-1 syntax : a tab must not indent | use spaces'],
  },
  {
    name: 'an open quote',
    changes: [["'1.0'", "'1.0"]],
    problems: [
      "1:14-15 syntax : the quote ' is not closed | close it at the end of its text; one within it is written twice: ''",
    ],
  },
  {
    name: 'a duplicate key',
    changes: [['  asn: 65000', '  asn: 65000\n  asn: 65001']],
    problems: ['7:3-6 duplicate-key site: key "asn" stands twice, first in line 6 | keep one of them'],
  },
  {
    name: 'an open quote within the catalog, that swallows the rest of it',
    changes: [['172.23.1.1', '"172.23.1.1']],
    problems: ['27:39-40 syntax : the quote " is not closed | close it at the end of its text'],
  },
  {
    name: 'an open quote that the next quote closes, lines below',
    changes: [
      ['controller: 10.0.2.15/24', 'controller: "10.0.2.15/24'],
      ['public_ip: 198.51.100.10', '  public_ip: "198.51.100.10"'],
    ],
    problems: ['3:15-16 syntax : the quote " is not closed | close it at the end of its text'],
  },
  {
    name: 'an open quote in braces',
    changes: [['create: { within: default }', 'create: { within: "default }']],
    problems: ['19:23-24 syntax : the quote " is not closed | close it at the end of its text'],
  },
  {
    name: 'an open brace in a list',
    changes: [['subnets: [10.0.2.0/24]', 'subnets: [{ a: 1 ]']],
    problems: [
      '5:13-14 syntax : the bracket { is not closed within its indentation | write } where it ends; its lines stand further in than its key',
    ],
  },
  {
    name: 'an open bracket',
    changes: [['[10.0.2.0/24]', '[10.0.2.0/24']],
    problems: [
      '5:12-13 syntax : the bracket [ is not closed within its indentation | write ] where it ends; its lines stand further in than its key',
    ],
  },
  {
    name: 'several documents',
    added: '---\na: 1\n',
    problems: ['29:1-4 syntax : must be one YAML document, got several | remove the line ---'],
  },
  {
    name: 'bad indentation',
    changes: [['  public_ip: 198.51.100.10', '   public_ip: 198.51.100.10']],
    problems: [
      '3:15-16 syntax : the indentation does not fit the lines around | a key and its value stand on one line, its own keys below, two spaces further in',
    ],
  },
  {
    name: 'a placeholder of asterisks',
    changes: [["'112900000000'", '******']],
    problems: [
      '26:29-35 placeholder sakura.default.sakura_local_switch_id: must be filled in, got a placeholder of asterisks (YAML reads * as an alias) | fill in the value, in quotes where it is a number that must stay text',
    ],
  },
  {
    name: 'a quoted placeholder',
    changes: [["'112900000000'", "'******'"]],
    problems: [
      '26:29-37 placeholder sakura.default.sakura_local_switch_id: must be filled in, got the placeholder "******" | fill in an id of 12 digits',
    ],
  },
  {
    name: 'an unknown alias',
    changes: [['198.51.100.10', '*gateway']],
    problems: [
      '4:14-22 unknown-alias site.public_ip: alias *gateway has no anchor &gateway before it | a text that begins with * needs quotes',
    ],
  },
  {
    name: 'a tag',
    changes: [['198.51.100.10', '!Ref gateway']],
    problems: ['4:14-18 syntax : YAML tags (!name) are not read | remove the tag'],
  },
  {
    name: 'a key that is no text',
    changes: [['  asn: 65000', '  asn: 65000\n  [a]: 1']],
    problems: ['7:3-4 syntax : this line cannot be read'],
  },
  {
    name: 'an alias bomb',
    added:
      'a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n',
    problems: ['30:11-13 too-much : must use at most 200 aliases (*name), got another: *a'],
  },
  {
    name: 'an alias to itself',
    added: 'own: &own { default: *own }\n',
    problems: ['29:11-28 too-much : must be nested at most 40 deep'],
  },
  {
    name: 'deep nesting',
    added:
      'own: { default: { a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] } }\n',
    problems: ['29:60-104 too-much : must be nested at most 40 deep'],
  },
  {
    name: 'a marker of cdktf in a value',
    changes: [['172.23.1.1', '"{TfToken[1]}"']],
    problems: [
      '27:39-53 token sakura.default.sakura_private_subnet_gateway_ip: must not hold "{TfToken[", cdktf\'s own marker',
    ],
  },
  {
    name: 'a marker of cdktf in a key',
    added: 'own:\n  default: { "{TfToken[1]}": 1 }\n',
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      '30:14-28 token own.default: a key must not hold "{TfToken[", cdktf\'s own marker',
    ],
  },
  {
    name: 'a control character',
    changes: [['172.23.1.1', '"172.23.1.1\\u0007"']],
    problems: [
      '27:39-57 control-character sakura.default.sakura_private_subnet_gateway_ip: must be visible characters, got "172.23.1.1\\u0007"',
    ],
  },
  {
    name: 'a control character and a line end in keys',
    added: 'own:\n  default: { "a\\u0007": 1, "a\\nb": 1 }\n',
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      '30:14-23 control-character own.default: a key must be visible characters, got "a\\u0007"',
      '30:28-34 control-character own.default: a key must be visible characters, got "a\\nb"',
    ],
  },
  {
    name: 'a bidirectional mark',
    added: 'own:\n  default: { a: "\\u202Eabc" }\n',
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      '30:17-28 control-character own.default.a: must be visible characters, got "\\u202eabc"',
    ],
  },
  {
    name: 'a key that JavaScript reserves',
    added: 'own:\n  default: { __proto__: 1 }\n',
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      '30:14-23 bad-key own.default: "__proto__" must not be a key',
    ],
  },
  {
    name: 'a text that is too long',
    added: `own:\n  default: { a: ${'x'.repeat(4097)} }\n`,
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      '30:17-4114 too-long own.default.a: must be at most 4096 characters, got 4097',
    ],
  },
  {
    name: 'a number whose digits get lost',
    added: 'own:\n  default: { id: 12345678901234567890 }\n',
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      "30:18-38 inexact-number own.default.id: the number 12345678901234567890 would change when it is read | quote it: '12345678901234567890'",
    ],
  },
  {
    name: 'a number with a leading zero',
    added: 'own:\n  default: { id: 0123 }\n',
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      "30:18-22 inexact-number own.default.id: the number 0123 would change when it is read | quote it: '0123'",
    ],
  },
  {
    name: 'a merge of a text',
    added: 'own:\n  default: { <<: text }\n',
    problems: [
      '29:1-4 note custom-provider own: a custom provider: its entries are passed through',
      '30:18-22 wrong-type own.default.<<: must be a map, or a list of maps, to merge',
    ],
  },
];
