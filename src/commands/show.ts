import { nameOf } from '../report/index.ts';
import type { LinkRecord, LinkStatus } from '../types.ts';
import { HEALTH_WORDS, type Language, platformWords, reasonWords, VERDICT_WORDS } from '../words.ts';
import { EXIT } from './exit.ts';
import { archiveFrom, findLink, languageFor, SAY_WHICH, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { VERDICT_COLORS } from './progress.ts';
import { displayWidth, paint, plain, type Terminal } from './terminal.ts';

/** Prints everything known of one link. */
export async function show(options: Options, terminal: Terminal): Promise<number> {
  const words = options.operands.join(' ');
  if (words === '') throw new UsageError(`show: ${SAY_WHICH}`);
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const link = findLink(status, words);
    const record = await archive.records.get(link.id);
    const versions = await archive.versions(link.id);
    const language = languageFor(options, status);
    const base = archiveFrom(options, terminal, terminal.cwd);
    terminal.out.write(`${describe({ link, record, versions, language, terminal, base }).join('\n')}\n`);
    return EXIT.fine;
  });
}

interface Sight {
  link: LinkStatus;
  record: LinkRecord | null;
  versions: readonly string[];
  language: Language;
  terminal: Terminal;
  /** The archive as it is reached from here. */
  base: string;
}

function describe(sight: Sight): string[] {
  return [...identity(sight), '', ...verdict(sight), '', ...places(sight), '', ...past(sight), ...kept(sight)];
}

/** One labelled line; nothing where there is nothing to say. */
function row({ terminal, language }: Sight, zh: string, en: string, value: string | null | undefined): string[] {
  if (value === null || value === undefined || value === '') return [];
  const label = language === 'zh' ? zh : en;
  return [`${paint(terminal, 'dim', label)}${' '.repeat(Math.max(1, 16 - displayWidth(label)))}${value}`];
}

function identity(sight: Sight): string[] {
  const { link, language, terminal } = sight;
  return [
    paint(terminal, 'bold', plain(link.title ?? nameOf(link))),
    ...row(sight, '编号', 'id', link.id),
    ...row(sight, '地址', 'address', plain(link.url)),
    ...row(sight, '平台', 'platform', platformWords(link.platform, language)),
    ...row(sight, '作者', 'author', link.author && plain(link.author)),
    ...row(sight, '发表', 'published', moment(link.published)),
  ];
}

function verdict(sight: Sight): string[] {
  const { link, record, language, terminal } = sight;
  const zh = language === 'zh';
  const word = paint(terminal, VERDICT_COLORS[link.verdict], VERDICT_WORDS[link.verdict][language]);
  const judged = record?.judgement;
  const marker = judged?.marker ? ` “${plain(judged.marker)}”` : '';
  const since = link.since ? `${zh ? '，自 ' : ' since '}${moment(link.since)}` : '';
  const failures = zh ? `，连续失败 ${link.failures} 次` : `, failures in a row: ${link.failures}`;
  const reason = reasonWords(link.reason, language);
  return [
    ...row(sight, '结论', 'verdict', zh ? `${word}（${link.reason}）：${reason}` : `${word}/${link.reason}: ${reason}`),
    ...row(sight, '依据', 'rule', judged ? `${judged.rule}${marker}` : null),
    ...row(sight, 'HTTP', 'HTTP', wayThere(link)),
    ...row(sight, '检查于', 'checked', moment(link.checkedAt)),
    ...row(sight, '重试原因', 'tries', record?.observation?.tries.map((attempt) => plain(attempt.reason)).join(', ')),
    ...row(
      sight,
      '状况',
      'health',
      `${HEALTH_WORDS[link.health][language]}${since}${link.failures > 0 ? failures : ''}`,
    ),
    ...row(sight, '上次正常', 'last alive', moment(link.lastAlive)),
    ...row(sight, '怎样会变', 'what changes it', outlook(link, record, language)),
  ];
}

/** `2026-11-23 02:00 UTC`: a time for people, with its zone, since readers live in many. */
function moment(iso: string | null): string | null {
  const [, day, minute, zone] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[\d:.]*(Z|[+-]\d{2}:\d{2})$/.exec(iso ?? '') ?? [];
  return day === undefined ? iso : `${day} ${minute} ${zone === 'Z' ? 'UTC' : zone}`;
}

function wayThere({ evidence }: LinkStatus): string | null {
  if (!evidence) return null;
  const steps = evidence.hops.map((hop) => `${hop.status} ${hop.url}`);
  return plain([...steps, `${evidence.status ?? ''} ${evidence.finalUrl ?? ''}`.trim()].join(' → '));
}

function places({ link, language, terminal }: Sight): string[] {
  const lines = link.occurrences.flatMap(({ file, line, column, text, heading, note }) => {
    const under = heading ? paint(terminal, 'dim', `  # ${plain(heading)}`) : '';
    const remark = note === null ? [] : note.split('\n').map((part) => `    > ${plain(part)}`.trimEnd());
    return [`  ${plain(file)}:${line}:${column}  ${plain(text)}${under}`, ...remark];
  });
  return [paint(terminal, 'bold', language === 'zh' ? '清单里的位置' : 'In the lists'), ...lines];
}

function past({ record, language, terminal }: Sight): string[] {
  const lines = (record?.history ?? []).map(({ from, verdict: was, reason, marker }) => {
    return `  ${moment(from)}  ${VERDICT_WORDS[was][language]}/${reason}${marker ? `  “${plain(marker)}”` : ''}`;
  });
  return [paint(terminal, 'bold', language === 'zh' ? '历史' : 'History'), ...lines];
}

function kept(sight: Sight): string[] {
  const { link, versions, language, terminal, base } = sight;
  const zh = language === 'zh';
  const { snapshot, suggestion } = link;
  const copies = snapshot
    ? [
        '',
        paint(terminal, 'bold', zh ? '副本' : 'Kept'),
        `  ${plain(base + snapshot.path)}  ${moment(snapshot.capturedAt)}`,
        ...versions.map((version) => `  ${zh ? '旧版' : 'earlier'} ${version}`),
      ]
    : [];
  if (!suggestion) return copies;
  const target = suggestion.kind === 'snapshot' ? base + suggestion.url : suggestion.url;
  return [
    ...copies,
    '',
    ...row(sight, '可换成', 'instead', `${INSTEAD[suggestion.kind][language]}${zh ? '：' : ': '}${plain(target)}`),
  ];
}

const INSTEAD = {
  redirect: { zh: '新地址', en: 'new address' },
  snapshot: { zh: '存下的副本', en: 'kept copy' },
  wayback: { zh: 'Wayback 副本', en: 'Wayback copy' },
} as const;

/** What would change the health, by the rules of health. */
function outlook(link: LinkStatus, record: LinkRecord | null, language: Language): string {
  const zh = language === 'zh';
  if (link.health === 'suspect') {
    const explicit = record?.judgement?.explicit === true;
    if (explicit)
      return zh
        ? '至少 20 小时后再看到一次同样的说法，就判为已失效；看到文章即恢复'
        : 'the same words again at least 20 hours after the first: dead; the article: healthy';
    return zh
      ? '连续失败 3 次且前后跨 48 小时，就判为已失效；看到文章即恢复'
      : 'three failures in a row over 48 hours: dead; the article: healthy';
  }
  if (link.health === 'dead') return zh ? '只要再看到一次文章就恢复' : 'one sight of the article: healthy again';
  if (link.health === 'blocked')
    return zh
      ? '能看到文章，或网站自己说没有了，才有结论'
      : "a sight of the article, or the site's own words that it is gone";
  if (link.health === 'healthy')
    return zh ? '网站说没有了或连不上，就先转为存疑' : "the site's word that it is gone, or no answer: suspect first";
  return '';
}
