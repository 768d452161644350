/** What a page of the stand-in web tells, before its platform's shape is put around it. */
export interface Story {
  title: string;
  /** The person who wrote it. */
  author: string;
  /** The account, column or medium that published it. */
  account: string;
  /** ISO 8601 at +08:00, to the second. */
  published: string;
  paragraphs: string[];
  /** Absolute addresses of pictures, one after each of the first paragraphs. */
  pictures: string[];
}

/** Text as it may stand in HTML, in double-quoted attributes too. */
export function htmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Seconds since 1970. */
export const epoch = (iso: string): number => Math.floor(Date.parse(iso) / 1000);

/** `2023-02-21 18:30` or, with seconds, `2023-02-21 18:30:05`: China time without a zone, as Chinese pages show it. */
export function wallClock(iso: string, seconds = false): string {
  return iso.slice(0, seconds ? 19 : 16).replace('T', ' ');
}

/** Paragraphs and pictures in turn; what is left of either comes at the end. */
export function weave(
  story: Story,
  paragraph: (text: string) => string,
  picture: (address: string, index: number) => string,
): string {
  const parts = story.paragraphs.flatMap((text, index) => {
    const address = story.pictures[index];
    return address === undefined ? [paragraph(text)] : [paragraph(text), picture(address, index)];
  });
  const rest = story.pictures.slice(story.paragraphs.length).map((address, index) => picture(address, index));
  return [...parts, ...rest].join('\n');
}
