import type { LinkRecord, LinkStatus } from '../types.ts';
import { HEALTH_WORDS, type Language, platformWords, reasonWords, VERDICT_WORDS } from '../words.ts';
import { findLink, languageFor, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { VERDICT_COLORS } from './progress.ts';
import { EXIT } from './run.ts';
import { displayWidth, paint, plain, type Terminal } from './terminal.ts';

/** Prints everything known of one link. */
export async function show(options: Options, terminal: Terminal): Promise<number> {
  const words = options.operands.join(' ');
  if (words === '') throw new UsageError('show needs a link: an id, an address, or a part of either');
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const link = findLink(status, words);
    const record = await archive.records.get(link.id);
    const versions = await archive.versions(link.id);
    const language = languageFor(options, status);
    terminal.out.write(`${describe(link, record, versions, language, terminal).join('\n')}\n`);
    return EXIT.fine;
  });
}

function describe(
  link: LinkStatus,
  record: LinkRecord | null,
  versions: readonly string[],
  language: Language,
  terminal: Terminal,
): string[] {
  const zh = language === 'zh';
  const row = (label: string, value: string | null) =>
    value === null || value === ''
      ? []
      : [`${paint(terminal, 'dim', label)}${' '.repeat(Math.max(1, 14 - displayWidth(label)))}${value}`];
  const { evidence } = link;
  const verdict = paint(terminal, VERDICT_COLORS[link.verdict], VERDICT_WORDS[link.verdict][language]);
  return [
    paint(terminal, 'bold', plain(link.title ?? link.url)),
    ...row(zh ? '编号' : 'id', link.id),
    ...row(zh ? '地址' : 'address', plain(link.url)),
    ...row(zh ? '平台' : 'platform', platformWords(link.platform, language)),
    ...row(zh ? '作者' : 'author', link.author && plain(link.author)),
    ...row(zh ? '发表' : 'published', link.published),
    '',
    ...row(zh ? '结论' : 'verdict', `${verdict}/${link.reason}: ${reasonWords(link.verdict, link.reason, language)}`),
    ...row(
      zh ? '依据' : 'rule',
      record?.judgement
        ? `${record.judgement.rule}${record.judgement.marker === null ? '' : ` “${plain(record.judgement.marker)}”`}`
        : null,
    ),
    ...row(
      'HTTP',
      evidence
        ? [evidence.status, ...evidence.hops.map((hop) => `${hop.status} ${hop.url}`), evidence.finalUrl]
            .filter((part) => part !== null)
            .map(String)
            .map(plain)
            .join(' → ')
        : null,
    ),
    ...row(zh ? '看到于' : 'seen', link.checkedAt),
    ...row(
      zh ? '试过' : 'tries',
      record?.observation?.tries.map((attempt) => plain(attempt.reason)).join(', ') ?? null,
    ),
    ...row(
      zh ? '状况' : 'health',
      `${HEALTH_WORDS[link.health][language]}${link.since ? `${zh ? '，自 ' : ' since '}${link.since}` : ''}${link.failures > 0 ? `${zh ? '，连续失败 ' : ', failures in a row: '}${link.failures}` : ''}`,
    ),
    ...row(zh ? '上次正常' : 'last alive', link.lastAlive),
    ...row(zh ? '会怎样变' : 'what changes it', outlook(link, record, language)),
    '',
    paint(terminal, 'bold', zh ? '在清单里' : 'In the lists'),
    ...link.occurrences.map(
      ({ file, line, column, text, heading }) =>
        `  ${plain(file)}:${line}:${column}  ${plain(text)}${heading ? paint(terminal, 'dim', `  # ${plain(heading)}`) : ''}`,
    ),
    '',
    paint(terminal, 'bold', zh ? '经过' : 'History'),
    ...(record?.history ?? []).map(
      (span) =>
        `  ${span.from.slice(0, 16).replace('T', ' ')}  ${VERDICT_WORDS[span.verdict][language]}/${span.reason}${span.marker ? `  “${plain(span.marker)}”` : ''}`,
    ),
    ...(link.snapshot
      ? [
          '',
          paint(terminal, 'bold', zh ? '副本' : 'Kept'),
          `  archive/${link.snapshot.path}  ${link.snapshot.capturedAt}`,
          ...versions.map((version) => `  ${zh ? '旧版' : 'earlier'} ${version}`),
        ]
      : []),
    ...(link.suggestion
      ? ['', ...row(zh ? '可换成' : 'instead', `${link.suggestion.kind}: ${plain(link.suggestion.url)}`)]
      : []),
  ];
}

/** What would change the health, by the rules of health. */
function outlook(link: LinkStatus, record: LinkRecord | null, language: Language): string {
  const zh = language === 'zh';
  if (link.health === 'suspect') {
    const explicit = record?.judgement?.explicit === true;
    if (explicit)
      return zh
        ? '至少 20 小时后再看到一次同样的说法，即判失效；看到文章即恢复'
        : 'the same words again at least 20 hours after the first: dead; the article: healthy';
    return zh
      ? '连续失败 3 次且跨 48 小时，即判失效；看到文章即恢复'
      : 'three failures in a row over 48 hours: dead; the article: healthy';
  }
  if (link.health === 'dead') return zh ? '只要再看到一次文章就恢复' : 'one sight of the article: healthy again';
  if (link.health === 'blocked')
    return zh
      ? '能看到文章，或网站自己说没有了，才有结论'
      : "a sight of the article, or the site's own words that it is gone";
  if (link.health === 'healthy')
    return zh ? '网站说没有了或连不上，先转为可疑' : "the site's word that it is gone, or no answer: suspect first";
  return '';
}
