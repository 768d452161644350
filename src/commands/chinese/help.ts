/** The help in Chinese, by what it says in English; see messages.ts. */
export const HELP: Readonly<Record<string, string>> = {
  'linkark {}: keeps what your links point at': 'linkark {}：替你保存链接所指的内容',
  'Reads link lists, visits every link politely, tells gone from blocked, and keeps a readable, searchable, verifiable copy of every article.':
    '读取链接清单，客气地逐个访问，分清“没了”和“受阻”，并把每篇文章存成可读、可搜、可核验的副本。',
  'Usage: linkark <command> [flags]': '用法：linkark <命令> [参数]',
  Commands: '命令',
  'Start with': '可以这样开始',
  'check sources/ and keep what is new in archive/': '检查 sources/，把新内容存进 archive/',
  'print the links of a file, ask nothing': '只列出一个文件里的链接，不访问',
  'read the archive, offline': '离线阅读存档',
  'Exit codes: 0 nothing to fail on · 1 could not run (offline, disk full, interrupted)':
    '退出码：0 没有问题 · 1 无法运行（没有网络、磁盘已满、被中断）',
  '            2 links that --fail-on names, or faults that verify found':
    '        2 有 --fail-on 指定的链接，或 verify 发现错误',
  '            3 bad usage, configuration or source': '        3 用法、配置或清单有误',
  'linkark <command> --help tells the flags of a command.': 'linkark <命令> --help 列出该命令的全部参数。',
  'Durations are written 500ms, 1s, 2m, 1h; sizes 512KiB, 32MiB.':
    '时长写成 500ms、1s、2m、1h，大小写成 512KiB、32MiB。',
  'Every flag can stand in linkark.config.json too, in camelCase; the command line wins.':
    '参数也可以用驼峰写法放进 linkark.config.json；两处不同时以命令行为准。',
  ' (default: {})': '（默认：{}）',
  '; repeatable': '；可重复',

  // Commands
  'visit the links of the sources (default: sources/), keep what is new, report':
    '访问清单（默认 sources/）里的链接，保存新内容，给出报告',
  'render the reports again from what is stored; no network': '用已存的内容重新生成报告，不上网',
  'build the offline reader': '生成离线阅读页',
  'search the texts of the archive, Chinese included': '在存档的文章里搜索，支持中文',
  'everything known of one link: occurrences, health, history, versions':
    '一个链接的全部情况：在清单里的位置、状况、历史、版本',
  'text difference between two kept versions': '两个存档版本之间的文字差异',
  'rewrite sources: redirects to their target, dead links to a kept or Wayback copy':
    '改写清单：跳转改成目标地址，失效链接改成已存的副本或 Wayback 副本',
  'check the archive against its hashes and formats': '按哈希和格式逐字节核验存档',
  'the whole archive as one file': '把整个存档导出成一个文件',
  'join the results of shards into the archive that they began from': '把各分片的结果合并进原来的存档',
  'put the links of the sources in a queue for workers; take in what they find with --wait':
    '把清单里的链接放进队列，由 worker 访问；加 --wait 收取结果',
  'visit what stands in a queue, until it is stopped': '访问队列里的链接，直到被停止',
  'write a starting configuration, a sources folder and the nightly workflow':
    '写好初始配置、sources 文件夹和每晚运行的工作流',

  // Groups of flags
  'Which links': '查哪些链接',
  Asking: '怎样访问',
  Keeping: '保存',
  Reporting: '报告',
  Reading: '阅读',
  Searching: '搜索',
  Mending: '改写',
  Exporting: '导出',
  Queue: '队列',
  General: '通用',

  // Flags
  'check only addresses that match': '只查匹配的地址',
  'leave out addresses that match': '不查匹配的地址',
  'leave out source files whose path matches': '不读路径匹配的清单文件',
  'rewrite addresses before they are asked': '访问前改写地址',
  'read the names of the source files from FILE (- for standard input), one a line; pictures and the like are passed over':
    '从 FILE（- 为标准输入）读取清单文件名，一行一个；图片之类会略过',
  'leave out links that FILE names: lines of --dump, or what was already gone in a status.json':
    '不查 FILE 里的链接：可以是 --dump 的输出，或 status.json 里早已失效的',
  'check that the #fragment of a remote page exists': '检查远程页面里有没有 #锚点',
  'skip links that were seen healthy within the last week': '跳过一周内查过且正常的链接',
  'check the I-th of N parts, split by host': '按网站分成 N 份，只查第 I 份',
  'print the links and ask nothing': '只列出链接，不访问',
  'requests under way at once': '同时进行的请求数',
  'requests under way at once to one host': '对同一网站同时进行的请求数',
  'least time between two requests to one host': '对同一网站两次请求的最短间隔',
  'longest time for one answer': '等待一次应答的最长时间',
  'further tries where that may help': '重试可能有用时，最多再试几次',
  'first wait before a further try; it doubles': '第一次重试前等多久，之后每次加倍',
  'redirects followed for one link': '一个链接最多跟随几次跳转',
  'largest answer that is read': '最多读取多大的应答',
  'the User-Agent header (default: an honest one of linkark)': 'User-Agent 请求头（默认如实写明 linkark）',
  'a header to send with every request': '每个请求都带上的请求头',
  'cookies of your browser, as a Netscape cookies.txt': '浏览器的 Cookie，Netscape 格式的 cookies.txt',
  'trust these certificates too (PEM)': '额外信任的证书（PEM）',
  'do not verify certificates': '不验证证书',
  'ask private, loopback and link-local addresses too': '也访问内网、本机和链路本地地址',
  "honour robots.txt (off: one visit to a link that a person listed is a reader's visit)":
    '遵守 robots.txt（默认不：访问别人列出的链接一次，等同读者来访）',
  'stop in time; what is left is first next time': '到时间就停，剩下的下次先查',
  'the archive': '存档文件夹',
  'where records are stored: files (in the archive), memory:, redis://…, postgres://…':
    '记录存在哪里：files（存档里）、memory:、redis://…、postgres://…',
  'check only: keep no articles': '只检查，不存文章',
  'keep articles without their pictures': '存文章但不存图片',
  'keep no WARC evidence': '不存 WARC 证据',
  'look for a Wayback copy of what is gone': '为已不在的页面找 Wayback 副本',
  'how to report: {}': '报告格式：{}',
  'write the report to FILE instead of the terminal': '把报告写入 FILE，不显示在终端',
  'language of reports and messages: zh or en (default: that of the sources)':
    '报告和提示的语言：zh 或 en（默认随清单）',
  'no progress display': '不显示进度',
  'print only what is wrong': '只显示有问题的',
  'print every link as it is done': '每查完一个链接就显示一行',
  'exit with 2 on: {}; each level includes those before it, never none':
    '遇到以下情况时退出码为 2：{}；每一级包含前面各级，never 为从不',
  'the configuration file': '配置文件',
  'print this help': '显示这份帮助',
  'print the version': '显示版本号',
  'open it in the browser': '在浏览器里打开',
  'serve it on 127.0.0.1; a port may follow (default: 8765)': '在 127.0.0.1 上提供，后面可写端口（默认 8765）',
  'most articles shown': '最多显示多少篇',
  'write the files (default: print a diff)': '写入文件（默认只显示差异）',
  'what a dead link becomes: snapshot, wayback, keep':
    '失效链接改成什么：snapshot（已存的副本）、wayback（Wayback 副本）、keep（不改）',
  'write a WACZ for ReplayWeb.page': '写成供 ReplayWeb.page 打开的 WACZ',
  'write a book': '写成电子书（EPUB）',
  'the Redis of the queue: redis://host:6379 or rediss://… (or the variable LINKARK_QUEUE); ?namespace=NAME keeps several queues apart in it':
    '队列所在的 Redis：redis://主机:6379 或 rediss://…（也可用环境变量 LINKARK_QUEUE）；用 ?namespace=名字 区分同一 Redis 里的几个队列',
  'wait for the workers, take in what they find, keep and report it as check does':
    '等 worker 查完，收取结果，像 check 一样保存和报告',
  'put nothing in: say what stands in the queue and which hosts were given up':
    '不放入任何链接，只显示队列的状况和已放弃的网站',
  'end when the queue is empty': '队列空了就结束',
  'how long a worker may be silent before its hosts are given to others; the same for all workers':
    'worker 多久没有回应，就把它的网站交给别的 worker；所有 worker 要一样',
};
