/// Month names in some forty languages, in the grammatical forms and abbreviations that dates use.
enum MonthNames {
  private static let words = """
    jan jaanuar janúar gener ינואר януари जनवरी januara sausio january janvier januar enero janeiro gennaio januari ene janv gen jänner ledna stycznia \
    января янв ocak ιανουαρίου tammikuuta ianuarie január siječnja січня يناير
    feb veebruar febrúar febrer פברואר февруари फ़रवरी vasario february février februar febrero fevereiro febbraio februari fev févr febr února lutego \
    февраля фев şubat φεβρουαρίου helmikuuta februarie február veljače лютого فبراير
    mar märts març maret מרץ मार्च kovo march mars märz marzo março maart mär mrz března marca марта мар mart μαρτίου maaliskuuta \
    martie március ožujka березня مارس marzec
    apr aprill apríl אפריל април अप्रैल balandžio april avril abril aprile abr avr dubna kwietnia апреля апр nisan απριλίου huhtikuuta \
    aprilie április travnja квітня أبريل ابريل
    may maj maig מאי मई gegužės mei mai mayo maio maggio mei mag května maja мая май mayıs μαΐου toukokuuta május svibnja \
    травня مايو maí
    jun juuni júní juny יוני юни जून birželio june juin juni junio junho giugno giu června czerwca июня июн haziran ιουνίου kesäkuuta \
    iunie június lipnja червня يونيو
    jul juuli júlí juliol יולי юли जुलाई liepos july juillet juli julio julho luglio juil lug července lipca июля июл temmuz ιουλίου \
    heinäkuuta iulie július srpnja липня يوليو
    aug ágúst agost אוגוסט агуст agustus अगस्त rugpjūčio august août agosto augustus aoû ago srpna sierpnia августа авг ağustos αυγούστου elokuuta \
    augusztus kolovoza серпня أغسطس augusti ağu
    sep setembre ספטמבר септември सितंबर rugsėjo sept september septembre septiembre setembro settembre set září września сентября сен \
    eylül σεπτεμβρίου syyskuuta septembrie szeptember rujna вересня سبتمبر
    oct oktoober október אוקטובר октомври अक्टूबर spalio october octobre oktober octubre outubro ottobre okt out ott října października октября окт \
    ekim οκτωβρίου lokakuuta octombrie október жовтня أكتوبر
    nov nóvember נובמבר ноември नवंबर lapkričio listopadu november novembre noviembre novembro listopadu listopada ноября ноя kasım νοεμβρίου \
    marraskuuta noiembrie studenoga листопада نوفمبر
    dec detsember desembre דצמבר декември दिसंबर gruodžio december décembre dezember diciembre dezembro dicembre dez déc dic prosince grudnia декабря \
    дек aralık δεκεμβρίου joulukuuta decembrie prosinca грудня ديسمبر des desember
    """

  /// The month, 1…12, for the UTF-8 bytes of a lower-case name.
  static let numbers: [[UInt8]: Int] = {
    var months: [[UInt8]: Int] = [:]
    for (index, line) in words.split(separator: "\n").enumerated() {
      for word in line.split(separator: " ") where months[Array(word.utf8)] == nil {
        months[Array(word.utf8)] = index + 1
      }
    }
    return months
  }()

  /// The month, 1…12, for the UTF-8 bytes of a lower-case name in a language (BCP 47 tag).
  ///
  /// The language matters for one name: "listopada" is October in Croatian and Bosnian, November in
  /// Polish.
  static func month(_ lowered: [UInt8], language: String?) -> Int? {
    if let language, language.hasPrefix("hr") || language.hasPrefix("bs"),
      lowered.elementsEqual("listopada".utf8)
    {
      return 10
    }
    return numbers[lowered]
  }
}
