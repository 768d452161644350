import type { Story } from './pages/story.ts';

/* The texts behind the user's list in the stand-in web: written for it, under the titles that the list gives. */

const wechatPicture = (name: string, format: 'png' | 'jpeg' | 'gif' | 'webp'): string =>
  `https://mmbiz.qpic.cn/mmbiz_${format === 'jpeg' ? 'jpg' : format}/standInWeb${name}/640?wx_fmt=${format}&from=appmsg`;
const zhihuPicture = (name: string, host = 'pic1'): string => `https://${host}.zhimg.com/v2-${name}_r.jpg`;

export const roadToAgi: Story = {
  title: '张俊林：通向AGI之路：大型语言模型（LLM）技术精要',
  author: '灯下读书人',
  account: '站在路口看模型',
  published: '2023-01-10T21:40:00+08:00',
  paragraphs: [
    '如果把语言模型看作一座图书馆，那么参数就是书架，训练语料就是送来的书。书架越多，能放下的书越多，但真正让人省力的，是管理员学会了按读者的问法去找书。模型规模与数据规模要一起长，只加其中一个，馆里不是空架子就是满地书堆。',
    '过去几年里，任务的边界在慢慢消失。从前翻译有翻译的模型，摘要有摘要的模型，如今大家把要做的事写成一句话，交给同一个模型去做。这并不是说中间任务没有意义，而是它们被吸收进了更大的目标里，就像小溪汇进了河。',
    '仍有许多问题没有答案：知识存在哪里，怎样修改一条过时的知识，推理能力究竟是长出来的还是教出来的。写下这些，是为了提醒自己，路还很长，路标要自己一块一块立起来。',
  ],
  pictures: [
    zhihuPicture('library0000000000000000000000001'),
    zhihuPicture('river000000000000000000000000002', 'pica'),
  ],
};

export const oneCard: Story = {
  title: '一块RTX3090跑ChatGPT体量模型的方法来了！代码已开源',
  author: '小算盘',
  account: '显存不够用',
  published: '2023-02-21T12:05:00+08:00',
  paragraphs: [
    '一张消费级显卡只有二十四吉字节显存，而一个上千亿参数的模型光是权重就要三百多吉字节。看上去完全装不下，但如果愿意等，硬盘、内存和显存可以排成一条传送带，一层一层地把权重送进来算完再送出去。',
    '诀窍在于一次多算几条。把许多请求拼成一大批，每搬一次权重就让所有请求都用上它，搬运的代价就被摊薄了。代价是单条请求的等待时间变长，所以它适合整理资料，不适合聊天。',
    '我在自己的旧机器上照着试了一遍，风扇响了一夜，早上得到了一份完整的结果。慢，但是能用，这对没有机房的人来说已经很好。',
  ],
  pictures: [wechatPicture('OneCardA', 'png'), wechatPicture('OneCardB', 'webp')],
};

export const feedbackPictures: Story = {
  title: '当ChatGPT和Stable diffusion碰撞：谷歌用人类反馈提升文生图效果',
  author: '画室里的程序员',
  account: '像素与词语',
  published: '2023-02-26T13:37:22+08:00',
  paragraphs: [
    '让机器画一只蓝色的猫坐在红色的椅子上，它常常画出红色的猫。不是它不会画，而是它没有弄清楚哪个颜色属于哪件东西。办法很朴素：请人来看图打分，告诉它这一张对，那一张不对。',
    '打分攒多了，可以训练一个小小的评判者，让它代替人去看更多的图，再用它的意见去调整画图的模型。调整的时候要留神，别让模型只学会讨好评判者，却忘了怎样画得好看。',
    '最后的图确实更听话了，数量和颜色都对得上。只是背景变得单调了一些，这大约就是听话的代价。',
  ],
  pictures: [wechatPicture('BlueCat', 'jpeg'), wechatPicture('RedChair', 'gif')],
};

export const misunderstandings: Story = {
  title: '李宏毅-ChatGPT 原理剖析1對ChatGPT的常見誤解',
  author: '',
  account: '课堂笔记本',
  published: '2023-03-06T08:15:00+08:00',
  paragraphs: [
    '第一个误会：它的回答是从罐头里挑出来的。其实每一个字都是当场接上去的，所以同一个问题问两遍，答案不会一样。',
    '第二个误会：它的回答是上网搜来的。它没有联网，只是读过很多书，记得一个大概，所以有时会一本正经地编出不存在的网址。',
    '真正在做的事情是接龙：给它前半句，它算出下一个字可能是什么，再掷一次骰子。',
  ],
  pictures: [wechatPicture('NotesOne', 'png'), wechatPicture('NotesTwo', 'png'), wechatPicture('NotesThree', 'jpeg')],
};

export const generation: Story = {
  title: 'ChatGPT是怎么练成的？斯坦福CS224N课程讲解《自然语言生成》等核心技术，附71页Slides',
  author: '旁听生',
  account: '第三排座位',
  published: '2023-02-19T23:02:00+08:00',
  paragraphs: [
    '这一讲从最简单的做法说起：每一步都取概率最高的词。结果往往是绕圈子，同一句话说了一遍又一遍。于是人们在概率最高的几个词里随机挑一个，句子立刻活泼起来，也更容易出错。',
    '课上用了很长时间讲评价。数相同的词有几个，是最省事的办法，也是最不可靠的办法。两句话意思一样，用词可以完全不同；用词相差一个“不”字，意思就反过来了。',
    '最后讲到社会影响：写得像人，并不等于说得对。老师请大家在做任何生成系统之前，先想一想最坏的用法是什么。',
  ],
  pictures: [wechatPicture('Slides', 'png')],
};

export const collection: Story = {
  title: '历史最全ChatGPT、LLM相关书籍、论文、博客、工具、数据集、开源项目等资源整理分享',
  author: '',
  account: '抄书匠',
  published: '2023-03-31T09:00:00+08:00',
  paragraphs: [
    '整理资料的人最怕两件事：一是资料太多，二是链接坏掉。这份清单按用途分成五类，每一类只留下自己读过的。',
    '读论文建议从综述开始，先看图，再看结论，最后才看方法。读代码建议从能跑起来的最小例子开始，跑通了再改一行看看会怎样。',
    '如果你发现哪一条打不开了，请先别急着说它死了，也许只是它今天不想见你。',
  ],
  pictures: [],
};

export const whyNot: Story = {
  title: '为什么百度没有做出chatGPT这种产品？',
  author: '路过的工程师',
  account: '',
  published: '2022-12-20T16:20:00+08:00',
  paragraphs: [
    '事后看路总是直的。当年两条路摆在面前，一条是读完全文再填空，一条是从左到右往下写。填空的那条路在考试里分数更高，大多数团队自然走了那条。',
    '往下写的那条路要很久才看得到好处，中间有好几年，做出来的东西只能当玩笑看。愿意在没有掌声的时候继续投钱，这不是技术问题，是耐心问题。',
    '还有一点常被忘记：把模型变成产品，需要很多人坐下来写示范答案、给回答排名次。这份工夫不好看，却省不掉。',
  ],
  pictures: [zhihuPicture('crossroad00000000000000000000003', 'picx')],
};

export const whyNotOther: Story = {
  title: whyNot.title,
  author: '另一位答主',
  account: '',
  published: '2022-12-09T10:00:00+08:00',
  paragraphs: ['先说结论：时机、数据、算力，缺一样都不行。这个回答写得很短，因为别人已经说得很好了。'],
  pictures: [],
};

export const origins: Story = {
  title: '万字拆解！追溯ChatGPT各项能力的起源',
  author: '寻源者',
  account: '技术考古队',
  published: '2022-12-21T11:30:12+08:00',
  paragraphs: [
    '考古的方法是一层一层往下挖。最上面一层是会聊天的模型，往下一层是会听指令的模型，再往下是会写代码的模型，最底下是那个只会接着往下写的模型。',
    '每一层都留下了痕迹。能接着往下写，说明语言能力和世界知识在最底下就有了；能一步一步推理，多半和读过许多代码有关；肯拒绝回答，则是最上面一层才有的礼貌。',
    '要分清哪种能力来自哪一层，最好的办法是找到两层之间只差一步的两个模型，让它们做同一张卷子。可惜很多层没有公开，只能看着外面的土色猜。',
  ],
  pictures: ['https://dingyue.ws.126.net/2022/1221/standin1.png', 'https://dingyue.ws.126.net/2022/1221/standin2.jpg'],
};

export const evolution: Story = {
  title: 'ChatGPT进化的秘密',
  author: '译者小苏',
  account: '慢慢翻译',
  published: '2022-12-19T20:48:31+08:00',
  paragraphs: [
    '一个模型不会忽然变聪明，它是被一步一步教出来的。先读书，再读代码，然后跟着示范学着回答，最后听人点评，哪一句好，哪一句不好。',
    '有意思的是，每教会一样，都会丢掉一点别的。学会了说话得体，从例子里照猫画虎的本事就弱了一些。有人把这叫作税，是对齐要交的税。',
    '我们在翻译时把原文的脚注都保留了下来，读者可以顺着脚注自己走一遍，比听我们转述要好。',
  ],
  pictures: [wechatPicture('Ladder', 'png')],
};

export const biggerModels: Story = {
  title: '深度学习中，模型大了好还是小了好呢？',
  author: '称重的人',
  account: '',
  published: '2023-01-03T22:11:00+08:00',
  paragraphs: [
    '问大小之前，先问用途。装在手表里的，小的好；摆在机房里的，大的好。多数争论是因为两个人心里想的不是同一块表。',
    '把参数从小到大排成一排，会看到有些本事是慢慢长的，有些本事在某个大小之前完全没有，过了那个大小忽然就有了。前一种可以外推，后一种只能等。',
  ],
  pictures: [zhihuPicture('scale000000000000000000000000004', 'pic4')],
};

export const biggerModelsOther: Story = {
  title: biggerModels.title,
  author: '小模型爱好者',
  account: '',
  published: '2021-01-05T18:00:00+08:00',
  paragraphs: ['我站小的这边：跑得快，改得快，坏了也好修。'],
  pictures: [],
};

export const chineseVersion: Story = {
  title: '谁能做出中国版ChatGPT？怎么做？',
  author: '',
  account: '街角科技评论',
  published: '2023-03-01T15:26:00+08:00',
  paragraphs: [
    '把问题拆开看，一共是四件事：人、数据、机器、时间。人可以请，机器可以买，数据要一点一点清洗，时间最公平，谁也买不到。',
    '中文的数据有自己的难处。好文章大多锁在各家的应用里，开放的网页上转载多、原创少，同一篇文章能找到一百个副本，却常常找不到最初的那一个。',
    '所以与其问谁能最先做出来，不如问谁愿意先把资料整理好。地基打在哪里，楼就盖在哪里。',
  ],
  pictures: [
    'https://q8.itc.cn/images01/20230301/5f0c1d2e3a4b4c5d8e9f000000000001.jpeg',
    'https://q3.itc.cn/images01/20230301/5f0c1d2e3a4b4c5d8e9f000000000002.png',
  ],
};

export const limits: Story = {
  title: '探索智能的极限',
  author: '',
  account: '白板',
  published: '2023-03-05T10:10:00+08:00',
  paragraphs: [
    '我们想知道一件东西能走多远，最直接的办法是让它一直走，直到走不动为止。语言模型走到今天，还没有哪一处是确定无疑的尽头。',
    '有人从尺度上找尽头：把模型和数据放大十倍，看曲线弯不弯。也有人从结构上找尽头：看它能不能记住自己说过的话，能不能发现自己算错了。',
    '两条路都值得走。曲线告诉我们还能得到多少，结构告诉我们永远得不到什么。',
  ],
  pictures: ['https://images.unsplash.com/photo-standin-limits.jpg'],
};

export const computing: Story = {
  title: 'ChatGPT训练算力估算：1万块A100 GPU是误传，中小创企也可突围',
  author: '按计算器的人',
  account: '一行公式',
  published: '2023-02-15T19:30:00+08:00',
  paragraphs: [
    '估算只需要一个公式：总的浮点运算次数大约等于六乘以参数量再乘以读过的词数。',
    '把公式代进去，得到的卡数远远小于流传的数字。流传的数字多半把同时在用的所有卡都算了进来，其中大部分在做别的事。',
    '结论是乐观的：门槛很高，但不是高得看不见。算清楚账，比跟着惊叹更有用。',
  ],
  pictures: [zhihuPicture('calculator000000000000000000005', 'pic2')],
};
