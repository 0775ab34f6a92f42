/// A family of comment markup as data: selectors for the comments and for their parts.
///
/// Each property is a comma-separated list of selectors in lower case, the most reliable first. Parts
/// that a family does not specify are found with those of `common`. The selectors follow the public
/// templates of the programs.
struct CommentFamily: Sendable {
  var name: String
  /// Elements that each hold one comment, or begin one if `isRow` is set.
  var comment: String
  var author = ""
  var time = ""
  var text = ""
  /// Elements inside a comment that are not its text.
  var drop = ""
  /// Attribute of the comment element with its author's name.
  var authorAttribute: String?
  /// Whether the first post is the story and the others are replies to it.
  var isForum = false
  /// Whether a comment consists of the element and its siblings up to the next comment.
  var isRow = false
  /// With fewer matches the markup has another meaning.
  var minimumComments = 1
  /// Whether each comment must have author and date, because FAQ pages use the same markup.
  var isStrict = false
}

extension CommentFamily {
  /// All families, those with the most specific patterns first.
  static let all: [CommentFamily] = forums + discussions + blogs + formats

  // MARK: Forums

  private static let forums = [
    CommentFamily(
      name: "Discourse, for crawlers", comment: ".crawler-post", author: ".creator a, .creator",
      time: ".post-time, .crawler-post-infos", text: ".post",
      drop: ".crawler-post-meta, .crawler-linkback-list, .post-likes", isForum: true),
    CommentFamily(
      name: "Discourse", comment: "article[data-post-id][data-topic-id], article#post_%",
      author: ".username a, .names a", time: ".relative-date, .post-date", text: ".cooked",
      drop: ".embedded-posts, .post-menu-area, .topic-map, .topic-meta-data, .topic-avatar",
      isForum: true),
    CommentFamily(
      name: "XenForo of Fora", comment: "article.california-nested-message, .messagecard",
      author: ".messagecard__user-info__name, .username",
      time: ".messagecard__date-created time, .u-dt", text: ".bbwrapper, .message-body",
      drop: ".messagecard__header, .messagecard__nested-postbit, .bbcodeblock-expandlink",
      isForum: true),
    CommentFamily(
      name: "XenForo 2",
      comment:
        "article[data-author][data-content^=post-], .message--post, article.message[data-author]",
      author: ".message-name .username, .username, .message-name", time: ".u-dt, time",
      text: ".bbwrapper, .message-body, .message-content",
      drop: ".message-user, .message-attribution, .bbcodeblock-expandlink, .js-selecttoquoteend",
      authorAttribute: "data-author", isForum: true),
    CommentFamily(
      name: "XenForo 1", comment: "li.message[data-author]", author: ".username",
      time: ".messagemeta .datetime, .datetime", text: ".messagetext, .messagecontent",
      drop: ".messageuserblock, .messagemeta, .messagenotices, .attribution .quotecontainer",
      authorAttribute: "data-author", isForum: true),
    CommentFamily(
      name: "vBulletin 5", comment: "li.b-post, .js-post[data-node-id]",
      author: ".b-userinfo .author, .author, .b-post__author", time: ".b-post__timestamp",
      text: ".js-post__content-text, .b-post__content",
      drop: ".b-userinfo, .b-post__footer, .b-post__count, .js-post-controls", isForum: true),
    CommentFamily(
      name: "vBulletin 4", comment: "li.postcontainer, li.postbitlegacy, li.postbit",
      author: ".username strong, .username", time: ".postdate .date, .postdate",
      text: ".postcontent, .postbody .content",
      drop: ".userinfo, .posthead, .posttitle, .postfoot, .after_content, .signaturecontainer",
      isForum: true),
    CommentFamily(
      name: "vBulletin 3", comment: "table#post%", author: ".bigusername", time: "td.thead",
      text: "#post_message_%", drop: ".thead", isForum: true),
    CommentFamily(
      name: "phpBB 3", comment: ".post#p%",
      author: ".author .username, .username, .username-coloured",
      time: ".author time, .author", text: ".postbody .content, .content",
      drop: ".postprofile, .author, .profile-icons, .post-buttons, .notice, .attachbox",
      isForum: true, minimumComments: 2),
    CommentFamily(
      name: "SMF", comment: "#forumposts .post_wrapper, .windowbg#msg%",
      author: ".poster h4 a, .poster h4, .poster a", time: ".smalltext, .postinfo time, .postinfo",
      text: ".post .inner, .inner, .post",
      drop: ".poster, .keyinfo, .moderatorbar, .under_message, .attachments, .postinfo",
      isForum: true),
    CommentFamily(
      name: "Invision", comment: "article#elcomment_%, article.cpost, article.ipsentry--post",
      author: ".cauthorpane_author a, .cauthorpane_author, .ipsentry__username a, .ipsusername, "
        + ".ipscomment_author a",
      time: "time", text: "[data-role=commentcontent], .ipsrichtext, .cpost_contentwrap",
      drop: ".cauthorpane, .ipscomment_author, .cpostsharemenu, .ipsitemcontrols, .ipshide, "
        + "[data-role=membersignature], .ipscomment_meta, .ipsentry__header, .ipsentry__controls, "
        + ".ipsentry__author-column, [data-excludequote]",
      isForum: true),
    CommentFamily(
      name: "MyBB", comment: "#posts .post#post_%",
      author: ".author_information a, .author_information",
      time: ".post_date", text: ".post_body",
      drop: ".post_author, .post_head, .post_meta, .post_controls", isForum: true),
    CommentFamily(
      name: "WoltLab", comment: ".wbbpost, article.message[data-object-id]",
      author: ".messageauthor .username, .username", time: ".messagepublicationtime [date], [date]",
      text: ".messagetext, .messagebody", drop: ".messagesidebar, .messageheader, .messagefooter",
      isForum: true),
    CommentFamily(
      name: "FluxBB", comment: ".blockpost#p%", author: ".postleft dt", time: "h2 a",
      text: ".postmsg", drop: ".postsignature, .postleft, .postfoot", isForum: true),
    CommentFamily(
      name: "NodeBB", comment: "[component=post][data-pid]",
      author: "[data-username] a, [itemprop=author]", time: ".timeago",
      text: "[component=post/content]",
      drop: "[component=post/parent], [component=post/signature], [component=post/actions]",
      authorAttribute: "data-username", isForum: true),
    CommentFamily(
      name: "Flarum", comment: ".commentpost, .poststream-item article",
      author: ".postuser .username, .username", time: ".postmeta time, time", text: ".post-body",
      drop: ".post-header, .post-actions, .post-footer", isForum: true),
    CommentFamily(
      name: "bbPress", comment: ".bbp-body .bbp-reply-header, .bbp-body .bbp-topic-header",
      author: ".bbp-author-name, .bbp-author-link",
      time: ".bbp-reply-post-date, .bbp-topic-post-date",
      text: ".bbp-reply-content, .bbp-topic-content", drop: ".bbp-meta, .bbp-reply-author",
      isForum: true, isRow: true),
  ]

  // MARK: Sites of discussion

  private static let discussions = [
    CommentFamily(
      name: "Stack Exchange",
      comment: ".answer[data-answerid], .answer#answer-%, .comment[data-comment-id], .js-comment, "
        + "#follow-up-%",
      author: ".comment-user, .owner .user-details a, .owner .user-details, .user-details a",
      time: ".owner .relativetime, .comment-date .relativetime-clean, .relativetime",
      text: ".s-prose, .js-post-body, .post-text, .comment-copy, .fs-body1",
      drop: ".post-signature, .js-voting-container, .js-post-menu, .js-comments-container"),
    CommentFamily(
      name: "Hacker News", comment: "tr.athing.comtr", author: ".hnuser", time: ".age",
      text: ".commtext", drop: ".reply, .navs"),
    CommentFamily(
      name: "Reddit before 2018", comment: ".comment[data-fullname]", author: ".tagline .author",
      time: ".tagline time", text: ".usertext-body .md, .usertext-body, .md",
      drop: ".tagline, .buttons, .midcol, .morecomments, .parent", authorAttribute: "data-author"),
    CommentFamily(
      name: "Reddit", comment: "[thingid][author][depth]", time: "time",
      text: "[slot=comment], .md",
      drop: "[slot=actionrow], [slot=commentmeta]", authorAttribute: "author"),
    CommentFamily(
      name: "Lobsters", comment: ".comment[data-shortid]", author: ".byline .u-author, .byline a",
      time: ".byline time, .byline [title]", text: ".comment_text", drop: ".byline, .voters"),
    CommentFamily(
      name: "Disqus", comment: ".post-content[data-role=post-content], li.post[data-role=post]",
      author: ".author, .post-byline a", time: ".time-ago", text: ".post-message",
      drop: "header, .comment-footer"),
  ]

  // MARK: Blogs

  private static let blogs = [
    CommentFamily(
      name: "wpDiscuz", comment: ".wpd-comment, .wc-comment",
      author: ".wpd-comment-author, .wc-comment-author",
      time: ".wpd-comment-date, .wc-comment-date",
      text: ".wpd-comment-text, .wc-comment-text",
      drop: ".wpd-comment-left, .wpd-comment-header, .wpd-comment-footer, .wpd-tools, "
        + ".wc-comment-left, .wc-comment-header, .wc-comment-footer"),
    CommentFamily(
      name: "Blogger of 2011", comment: "li.comment[id^=bc_], .comment[kind=b]",
      author: ".user, cite",
      time: ".datetime", text: ".comment-content, .comment-body", drop: ".comment-actions"),
    CommentFamily(
      name: "Blogger, threaded", comment: ".comment-thread li.comment#c%, li.comment#c%",
      author: ".user, cite", time: ".datetime", text: ".comment-content",
      drop: ".comment-actions, .comment-header, .avatar-image-container, .thread-count"),
    CommentFamily(
      name: "Blogger, classic", comment: "dt.comment-author", author: "dt.comment-author a",
      time: ".comment-timestamp", text: "dd.comment-body, .comment-body",
      drop: ".comment-footer, .comment-timestamp", isRow: true),
    CommentFamily(
      name: "WordPress",
      comment: "li.comment, li#comment-%, li#li-comment-%, div#comment-%, article#comment-%, "
        + "tr#comment-%, div#div-comment-%, article#div-comment-%, li#comment_%, div#comment_%, "
        + "li.byuser, li.pingback, li.trackback, li#comments-%"),
    CommentFamily(
      name: "TypePad", comment: ".comment[id^=comment-]", author: ".comment-footer a, .commenter",
      text: ".comment-content", drop: ".comment-footer"),
    CommentFamily(
      name: "a theme's own",
      comment: "article.comment, div.comment, section.comment, div.comment-item, li.comment-item, "
        + "div.single-comment, div.comment-wrapper, div.comment_item, div.comment-block, "
        + "li.commentlist-item, div.comment-container"),
  ]

  // MARK: Formats

  private static let formats = [
    CommentFamily(
      name: "h-cite", comment: ".u-comment, .p-comment", author: ".p-author, .u-author, .h-card",
      time: ".dt-published", text: ".e-content, .p-content, .p-name", drop: ".h-card"),
    CommentFamily(
      name: "schema.org",
      comment: "[itemprop=comment], [itemtype*=schema.org/comment], [itemtype*=usercomments]",
      author: "[itemprop=author] [itemprop=name], [itemprop=creator] [itemprop=name], "
        + "[itemprop=author], [itemprop=creator]",
      time: "[itemprop=datepublished], [itemprop=datecreated], [itemprop=commenttime]",
      text: "[itemprop=text], [itemprop=commenttext], [itemprop=description]"),
    CommentFamily(
      name: "schema.org answers", comment: "[itemprop=acceptedanswer], [itemprop=suggestedanswer]",
      author: "[itemprop=author] [itemprop=name], [itemprop=author]",
      time: "[itemprop=datepublished], [itemprop=datecreated]", text: "[itemprop=text]",
      isStrict: true),
  ]

  // MARK: What many share

  /// The patterns for the parts of a comment that many themes share.
  static let common = CommentFamily(
    name: "common", comment: "",
    author: "[itemprop=author] [itemprop=name], .fn, .comment-author-name, .comment-author-link, "
      + ".author-name, .comment__author, .comment_author_name, .author__name, .commenter-name, "
      + ".user-name, .username, .user_name, .nickname, .comment-author, .comment_author, "
      + ".commentauthor, .commenter, .comment-name, .comment-user, .author, .p-author, .creator, "
      + ".poster, .name, .user, cite",
    time: "[itemprop=datepublished], time, .comment-date, .comment-time, .comment_date, .datetime, "
      + ".timestamp, .comment-timestamp, .commentmetadata, .comment-metadata, .comment-meta, .date, "
      + ".time, .posted, .timeago",
    text: "[itemprop=text], .comment-content, .comment_content, .comment__content, .comment__body, "
      + ".comment__text, .comment-text, .comment_text, .commenttext, .comment-message, "
      + ".comment-body-text, .comment-entry, .comment-main-text, .field--name-comment-body, "
      + ".comment_body, .comment-body, .commentbody, .comment-description, .comment-copy, "
      + ".e-content, .message-text, .text, .content, .body, .message",
    drop: ".reply, .comment-reply, .comment-reply-link, .comment-meta, .commentmetadata, "
      + ".comment-metadata, .comment-author, .comment_author, .comment-actions, .comment-footer, "
      + ".comment-header, .comment-head, .vcard, .avatar, .comment-edit-link, .comment-tools, "
      + ".comment-awaiting-moderation, .fn, .says, .comment-date, .comment-info, .comment-links, "
      + ".comment-rating, .commentmeta, .comment-time, .comment-notes, .wpulike, .sharedaddy, "
      + ".message-lastedit, .message-signature, .message-footer, .signature, .signaturecontainer, "
      + ".lastedited, .screen-reader-text, .quote-controls, .comment-vote, .comment-likes, "
      + ".cld-like-dislike-wrap, .comment-permalink, .reply-link, .postsignature, .messagesignature"
  )

  /// Elements that resemble a discussion but are not one: lists of the latest comments, forms.
  static let notDiscussion =
    ".widget_recent_comments, .recentcomments, #recentcomments, #recent-comments, .recent-comments, "
    + ".wp-block-latest-comments, .latest-comments, .dsq-widget, .comment-respond, #respond"
  static let pingbacks = ".pingback, .trackback, .pings"
  static let siteAuthors =
    ".bypostauthor, .blog-author, .post-author-comment, .is-post-author, .comment-by-author, "
    + ".bypostauthor-badge, .wpd-blog-post_author"
  static let originalPosters =
    ".submitter, .topic-owner, .topic-owner-post, .is-op, .op-badge, .user_is_author, "
    + ".message-threadstarterpost"
  static let deleted =
    ".deleted-comment, .deleted, .message--deleted, .comment-deleted, .comment--deleted, .is-deleted"
}
