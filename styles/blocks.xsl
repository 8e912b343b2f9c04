<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!--
  Blocks of the document to blocks of XSL-FO.  Every block carries its id and
  its place (mode "spine"): a test proves that none is forgotten.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo">

  <!-- ============ looks ============ -->

  <!-- a line of handwriting: 8 mm -->
  <xsl:variable name="hand">22.7pt</xsl:variable>

  <!-- figures: the text face has old-style ones, the face of headings, tables
       and captions lining ones; the two never meet in one line -->

  <xsl:attribute-set name="heading">
    <xsl:attribute name="font-family"><xsl:value-of select="$family-head"/></xsl:attribute>
    <xsl:attribute name="vad:figures">lining</xsl:attribute>
    <xsl:attribute name="font-weight">700</xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
    <xsl:attribute name="text-align">start</xsl:attribute>
    <xsl:attribute name="keep-with-next.within-column">always</xsl:attribute>
    <xsl:attribute name="keep-together.within-column">always</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="small">
    <xsl:attribute name="font-family"><xsl:value-of select="$family-head"/></xsl:attribute>
    <xsl:attribute name="vad:figures">lining</xsl:attribute>
    <xsl:attribute name="font-size">9pt</xsl:attribute>
    <xsl:attribute name="line-height">11.5pt</xsl:attribute>
    <xsl:attribute name="text-align">start</xsl:attribute>
    <xsl:attribute name="hyphenate">true</xsl:attribute>
  </xsl:attribute-set>
  <!-- notes are full of addresses, which do not break: ragged, whole words -->
  <xsl:attribute-set name="footnote">
    <xsl:attribute name="font-family"><xsl:value-of select="$family-text"/></xsl:attribute>
    <xsl:attribute name="vad:figures">old-style</xsl:attribute>
    <xsl:attribute name="font-size">8.6pt</xsl:attribute>
    <xsl:attribute name="line-height">10.6pt</xsl:attribute>
    <xsl:attribute name="font-weight">400</xsl:attribute>
    <xsl:attribute name="font-style">normal</xsl:attribute>
    <xsl:attribute name="text-align">start</xsl:attribute>
    <xsl:attribute name="text-indent">0pt</xsl:attribute>
    <xsl:attribute name="start-indent">0pt</xsl:attribute>
    <xsl:attribute name="end-indent">0pt</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$ink-text"/></xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
  </xsl:attribute-set>

  <!-- id, place, language of its own, state: the same for every block -->
  <xsl:template match="*" mode="spine">
    <xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
    <xsl:if test="@place">
      <xsl:attribute name="vad:place">
        <xsl:value-of select="concat(ancestor-or-self::*[@file][1]/@file, ':', substring-before(concat(@place, '-'), '-'))"/>
      </xsl:attribute>
    </xsl:if>
    <xsl:if test="@lang"><xsl:attribute name="xml:lang"><xsl:value-of select="@lang"/></xsl:attribute></xsl:if>
    <xsl:call-template name="bar"/>
  </xsl:template>
  <!-- in the margin: what is not fit, or states a fact that was to be checked by
       now and that no waiver lets through; what has changed -->
  <xsl:variable name="some-overdue" select="boolean(//fact[@state = 'overdue'] | //*[@overdue])"/>
  <xsl:template name="bar">
    <xsl:variable name="unfit">
      <xsl:choose>
        <xsl:when test="@state and @state != 'current'"><xsl:value-of select="@state"/></xsl:when>
        <xsl:when test="not($some-overdue)"/>
        <xsl:when test="@overdue">overdue</xsl:when>
        <xsl:when test="(self::paragraph or self::heading or self::caption or self::row)
            and (.//fact[@state = 'overdue'] or .//image/@overdue)">overdue</xsl:when>
        <xsl:when test="(title | self::figure/caption)//fact[@state = 'overdue']">overdue</xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$unfit != '' or @change">
      <xsl:attribute name="vad:bar">
        <xsl:if test="$unfit != ''">
          <xsl:call-template name="word"><xsl:with-param name="name" select="string($unfit)"/></xsl:call-template>
        </xsl:if>
        <xsl:if test="$unfit != '' and @change"><xsl:text>, </xsl:text></xsl:if>
        <xsl:call-template name="word"><xsl:with-param name="name" select="@change"/></xsl:call-template>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- who a block is meant for, in words, above it -->
  <xsl:template name="audience">
    <xsl:if test="@audience">
      <fo:block xsl:use-attribute-sets="small" font-style="italic" color="{$ink-grey}"
        text-indent="0pt" space-before="{$line} * 0.5" keep-with-next.within-column="always">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'audience'"/>
          <xsl:with-param name="number">
            <xsl:call-template name="words">
              <xsl:with-param name="prefix" select="'audience-'"/>
              <xsl:with-param name="rest" select="normalize-space(@audience)"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </fo:block>
    </xsl:if>
  </xsl:template>
  <!-- codes with spaces between, each as the word PREFIXcode or as it is -->
  <xsl:template name="words">
    <xsl:param name="prefix"/>
    <xsl:param name="rest"/>
    <xsl:variable name="first" select="substring-before(concat($rest, ' '), ' ')"/>
    <xsl:variable name="word">
      <xsl:call-template name="word"><xsl:with-param name="name"
        select="concat($prefix, translate($first, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'))"/></xsl:call-template>
    </xsl:variable>
    <xsl:value-of select="$word"/>
    <xsl:if test="string($word) = ''"><xsl:value-of select="$first"/></xsl:if>
    <xsl:if test="contains($rest, ' ')">
      <xsl:text>, </xsl:text>
      <xsl:call-template name="words">
        <xsl:with-param name="prefix" select="$prefix"/>
        <xsl:with-param name="rest" select="substring-after($rest, ' ')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- ============ headings ============ -->

  <xsl:template match="heading[@level = 1]">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <xsl:if test="string($number) != ''">
      <fo:block font-family="{$family-head}" font-size="40pt" line-height="41.4pt" vad:figures="lining"
        color="{$ink-accent}" role="artifact" keep-with-next.within-column="always">
        <xsl:value-of select="$number"/>
      </fo:block>
    </xsl:if>
    <fo:block xsl:use-attribute-sets="heading" role="H1" font-size="21pt" line-height="24pt"
      color="{$ink-accent}" border-after-style="solid" border-after-width="1pt"
      border-after-color="{$ink-accent}" padding-after="6pt" space-after="{$line} * 2 - 7pt"
      space-after.conditionality="retain">
      <xsl:if test="string($number) = ''">
        <xsl:attribute name="space-before">
          <xsl:choose>
            <xsl:when test="../@role = 'form'"><xsl:value-of select="$line"/></xsl:when>
            <xsl:otherwise>41.4pt</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
        <xsl:attribute name="space-before.conditionality">retain</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="." mode="spine"/>
      <fo:marker marker-class-name="chapter">
        <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, '&#x2003;')"/></xsl:if>
        <xsl:apply-templates select="." mode="plain"/>
      </fo:marker>
      <fo:marker marker-class-name="section"><xsl:apply-templates select="." mode="plain"/></fo:marker>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="heading[@level = 2]">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <fo:block xsl:use-attribute-sets="heading" role="H2" font-size="13.5pt" line-height="16pt"
      color="{$ink-accent}" space-before.minimum="{$line} * 1.2" space-before.optimum="{$line} * 1.5"
      space-before.maximum="{$line} * 2.2" space-after="{$line} * 0.4">
      <!-- a form, on its own sheet -->
      <xsl:if test="preceding-sibling::*[1][self::break]">
        <xsl:attribute name="break-before">page</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="." mode="spine"/>
      <fo:marker marker-class-name="section">
        <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, '&#x2002;')"/></xsl:if>
        <xsl:apply-templates select="." mode="plain"/>
      </fo:marker>
      <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, '&#x2002;')"/></xsl:if>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="heading[@level = 3]">
    <fo:block xsl:use-attribute-sets="heading" role="H3" font-size="11pt" line-height="{$line}"
      space-before.minimum="{$line} * 0.8" space-before.optimum="{$line}"
      space-before.maximum="{$line} * 1.5" space-after="{$line} * 0.2">
      <xsl:call-template name="under-heading">
        <xsl:with-param name="space" select="0.5"/>
      </xsl:call-template>
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>
  <!-- right under a heading less space is above: the two are one head -->
  <xsl:template name="under-heading">
    <xsl:param name="space" select="0.4"/>
    <xsl:variable name="before"><xsl:apply-templates select="preceding-sibling::*[1]" mode="printed"/></xsl:variable>
    <xsl:if test="$before = 'heading'">
      <xsl:attribute name="space-before.minimum"><xsl:value-of select="concat($line, ' * ', $space)"/></xsl:attribute>
      <xsl:attribute name="space-before.optimum"><xsl:value-of select="concat($line, ' * ', $space)"/></xsl:attribute>
      <xsl:attribute name="space-before.maximum"><xsl:value-of select="concat($line, ' * ', $space + 0.3)"/></xsl:attribute>
    </xsl:if>
  </xsl:template>
  <!-- the block printed before: "heading" (of a section), "paragraph" (of no
       role) or nothing; notes and data stand among the blocks, but not on the
       page.  One step at a time: a search through all siblings before would
       take a time that grows with the square of the chapter. -->
  <xsl:template match="*" mode="printed"/>
  <xsl:template match="heading[@level &gt; 1]" mode="printed">heading</xsl:template>
  <xsl:template match="paragraph[not(@role)]" mode="printed">paragraph</xsl:template>
  <xsl:template match="footnote | research | raw" mode="printed">
    <xsl:apply-templates select="preceding-sibling::*[1]" mode="printed"/>
  </xsl:template>

  <xsl:template match="heading">
    <fo:block xsl:use-attribute-sets="heading" role="H{@level}" font-size="10.6pt"
      font-family="{$family-text}" vad:figures="old-style" font-weight="400" font-style="italic" line-height="{$line}"
      space-before.optimum="{$line} * 0.6" space-before.minimum="{$line} * 0.5"
      space-before.maximum="{$line}">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- ============ paragraphs ============ -->

  <xsl:template match="paragraph">
    <xsl:variable name="before"><xsl:apply-templates select="preceding-sibling::*[1]" mode="printed"/></xsl:variable>
    <xsl:call-template name="audience"/>
    <fo:block role="P">
      <xsl:if test="$before = 'paragraph' and not(@audience)">
        <xsl:attribute name="text-indent">1.3em</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="address"/>
      <xsl:if test="following-sibling::*[1][self::list]">
        <xsl:attribute name="keep-with-next.within-column">400</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>
  <!-- an address does not break: better a short line than one full of holes -->
  <xsl:template name="address">
    <xsl:if test="contains(., '@') or (parent::item and link)">
      <xsl:attribute name="text-align">start</xsl:attribute>
    </xsl:if>
  </xsl:template>
  <!-- inside the block of a chart or table: its source line stands near -->
  <xsl:template name="source-follows">
    <xsl:if test="following-sibling::*[1][self::paragraph[@role = 'source']]
        or following-sibling::*[1][self::caption]/following-sibling::*[1][self::paragraph[@role = 'source']]">
      <xsl:attribute name="space-after.minimum">2pt</xsl:attribute>
      <xsl:attribute name="space-after.optimum">3pt</xsl:attribute>
      <xsl:attribute name="space-after.maximum">4pt</xsl:attribute>
    </xsl:if>
  </xsl:template>
  <!-- where the figures of the table or chart above come from -->
  <xsl:template match="paragraph[@role = 'source']" priority="2">
    <fo:block xsl:use-attribute-sets="small" role="P" text-indent="0pt" color="{$ink-grey}"
      keep-with-previous.within-column="always" keep-together.within-column="always"
      space-after="{$line} * 0.8">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>
  <!-- paragraphs of items, notes, callouts are spaced, not indented -->
  <xsl:template match="item/paragraph | footnote/paragraph | callout/paragraph | quote/paragraph">
    <fo:block role="P">
      <xsl:if test="preceding-sibling::*[1][not(self::title)]">
        <xsl:attribute name="space-before"><xsl:value-of select="$line"/> * 0.3</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="address"/>
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="break[following-sibling::*[1][self::heading[@level = 2]]]" priority="1"/>
  <xsl:template match="break">
    <fo:block text-align="center" role="artifact" line-height="{$line}" color="{$ink-grey}"
      space-before="{$line} * 0.5" space-after="{$line} * 0.5">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:text>* * *</xsl:text>
    </fo:block>
  </xsl:template>

  <xsl:template match="quote">
    <xsl:call-template name="audience"/>
    <fo:block start-indent="from-parent(start-indent) + 12pt" end-indent="from-parent(end-indent) + 12pt"
      space-before="{$line} * 0.5" space-after="{$line} * 0.5" role="BlockQuote">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="code">
    <fo:block font-family="{$family-code}" font-size="9pt" line-height="12pt" text-align="start"
      hyphenate="false" linefeed-treatment="preserve" white-space-collapse="false"
      white-space-treatment="preserve" space-before="{$line} * 0.5" space-after="{$line} * 0.5"
      background-color="{$ink-shade}" padding="4pt" start-indent="from-parent(start-indent) + 4pt"
      end-indent="from-parent(end-indent) + 4pt" role="Code">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:value-of select="."/>
    </fo:block>
  </xsl:template>

  <!-- room to write by hand: ```lines N -->
  <xsl:template priority="1"
    match="code[starts-with(@info, 'lines ') and substring-after(@info, ' ') &gt;= 1 and substring-after(@info, ' ') &lt;= 40]">
    <fo:block space-after="{$line} * 0.5" keep-together.within-column="always" role="artifact">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:call-template name="ruled">
        <xsl:with-param name="lines" select="floor(substring-after(@info, ' '))"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>
  <xsl:template name="ruled">
    <xsl:param name="lines"/>
    <xsl:if test="$lines &gt;= 1">
      <fo:block line-height="{$hand}" border-after-style="solid" border-after-width="0.3pt"
        border-after-color="{$ink-text}"><fo:leader/></fo:block>
      <xsl:call-template name="ruled">
        <xsl:with-param name="lines" select="$lines - 1"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="raw | research | footnote"/>

  <!-- ============ lists ============ -->

  <xsl:template match="list">
    <xsl:call-template name="audience"/>
    <fo:list-block provisional-distance-between-starts="15pt" provisional-label-separation="4pt"
      text-indent="0pt" role="L">
      <xsl:attribute name="vad:numbering">
        <xsl:choose>
          <xsl:when test="@type = 'ordered'">Decimal</xsl:when>
          <xsl:otherwise>Disc</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="@type = 'ordered' and (count(item) + @start) &gt; 10">
        <xsl:attribute name="provisional-distance-between-starts">20pt</xsl:attribute>
      </xsl:if>
      <xsl:if test="not(ancestor::item) and not(parent::callout and not(preceding-sibling::*))">
        <xsl:attribute name="space-before"><xsl:value-of select="$line"/> * 0.35</xsl:attribute>
        <xsl:attribute name="space-after"><xsl:value-of select="$line"/> * 0.35</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates select="item"/>
    </fo:list-block>
  </xsl:template>

  <xsl:template match="item">
    <fo:list-item role="LI" relative-align="baseline">
      <xsl:if test="position() &gt; 1">
        <xsl:attribute name="space-before">
          <xsl:choose>
            <xsl:when test="../@tight = 'no'"><xsl:value-of select="$line"/> * 0.35</xsl:when>
            <xsl:otherwise>1.2pt</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="." mode="spine"/>
      <fo:list-item-label end-indent="label-end()" role="Lbl">
        <fo:block text-align="start" hyphenate="false"><xsl:apply-templates select="." mode="label"/></fo:block>
      </fo:list-item-label>
      <fo:list-item-body start-indent="body-start()" role="LBody">
        <xsl:apply-templates/>
        <xsl:if test="not(*)"><fo:block/></xsl:if>
      </fo:list-item-body>
    </fo:list-item>
  </xsl:template>
  <xsl:template match="item" mode="label">
    <xsl:choose>
      <xsl:when test="@checked = 'yes'">&#x2611;</xsl:when>
      <xsl:when test="@checked = 'no'">&#x2610;</xsl:when>
      <xsl:when test="../@type = 'ordered'">
        <xsl:value-of select="concat(../@start + count(preceding-sibling::item), '.')"/>
      </xsl:when>
      <xsl:when test="count(ancestor::list) mod 2 = 1">&#x2022;</xsl:when>
      <xsl:otherwise>&#x2013;</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ============ callouts: told apart without colour ============ -->

  <xsl:template match="callout">
    <xsl:call-template name="audience"/>
    <fo:block space-before.minimum="{$line} * 0.6" space-before.optimum="{$line} * 0.8"
      space-before.maximum="{$line} * 1.2" space-after.minimum="{$line} * 0.6"
      space-after.optimum="{$line} * 0.8" space-after.maximum="{$line} * 1.2"
      text-indent="0pt" role="Sect">
      <xsl:if test="not(@audience)"><xsl:call-template name="under-heading"/></xsl:if>
      <!-- a checklist is there to be copied: on one page, if it can be; a box
           of a few lines is not worth two halves -->
      <xsl:choose>
        <xsl:when test="@kind = 'checklist'">
          <xsl:attribute name="keep-together.within-column">400</xsl:attribute>
        </xsl:when>
        <xsl:when test="string-length(normalize-space(.)) &lt; 450">
          <xsl:attribute name="keep-together.within-column">200</xsl:attribute>
        </xsl:when>
      </xsl:choose>
      <xsl:apply-templates select="." mode="frame"/>
      <xsl:apply-templates select="." mode="spine"/>
      <fo:block xsl:use-attribute-sets="heading" role="P" font-size="9pt" line-height="{$line}">
        <fo:inline letter-spacing="0.06em" text-transform="uppercase" font-size="0.9em">
          <xsl:call-template name="word"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
        </fo:inline>
        <xsl:if test="title">
          <xsl:text>&#x2002;</xsl:text>
          <fo:inline font-size="10.2pt"><xsl:apply-templates select="title/node()"/></fo:inline>
        </xsl:if>
      </fo:block>
      <xsl:apply-templates select="*[not(self::title)]"/>
    </fo:block>
  </xsl:template>

  <!-- a bar at the left: note (thin), tip (double), important (thick);
       a full frame: warning (thin), caution (thick), exercise (dashed),
       trainer (dotted, grey), checklist (thin, tinted);
       rules above and below: law (double), case (tinted) -->
  <xsl:template match="callout" mode="frame">
    <!-- the frame stands on the edges of the text: indent = border + padding -->
    <xsl:variable name="border">
      <xsl:choose>
        <xsl:when test="@kind = 'note'">1pt</xsl:when>
        <xsl:when test="@kind = 'tip'">3pt</xsl:when>
        <xsl:when test="@kind = 'important'">4pt</xsl:when>
        <xsl:when test="@kind = 'law' or @kind = 'case'">0pt</xsl:when>
        <xsl:when test="@kind = 'caution'">2.4pt</xsl:when>
        <xsl:when test="@kind = 'trainer'">1.2pt</xsl:when>
        <xsl:when test="@kind = 'checklist'">0.4pt</xsl:when>
        <xsl:otherwise>0.8pt</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:attribute name="start-indent">from-parent(start-indent) + 8pt + <xsl:value-of select="$border"/></xsl:attribute>
    <xsl:attribute name="end-indent">from-parent(end-indent) + 8pt<xsl:if
      test="@kind != 'important'"> + <xsl:value-of select="$border"/></xsl:if></xsl:attribute>
    <xsl:attribute name="padding-start">8pt</xsl:attribute>
    <xsl:attribute name="padding-end">8pt</xsl:attribute>
    <xsl:attribute name="padding-before">4pt</xsl:attribute>
    <xsl:attribute name="padding-after">5pt</xsl:attribute>
    <xsl:attribute name="border-color"><xsl:value-of select="$ink-accent"/></xsl:attribute>
    <xsl:choose>
      <xsl:when test="@kind = 'note'">
        <xsl:attribute name="border-start-style">solid</xsl:attribute>
        <xsl:attribute name="border-start-width">1pt</xsl:attribute>
        <xsl:attribute name="end-indent">from-parent(end-indent)</xsl:attribute>
        <xsl:attribute name="padding-end">0pt</xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'tip'">
        <xsl:attribute name="border-start-style">double</xsl:attribute>
        <xsl:attribute name="border-start-width">3pt</xsl:attribute>
        <xsl:attribute name="end-indent">from-parent(end-indent)</xsl:attribute>
        <xsl:attribute name="padding-end">0pt</xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'important'">
        <xsl:attribute name="border-start-style">solid</xsl:attribute>
        <xsl:attribute name="border-start-width">4pt</xsl:attribute>
        <xsl:attribute name="background-color"><xsl:value-of select="$ink-tint"/></xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'warning'">
        <xsl:attribute name="border-style">solid</xsl:attribute>
        <xsl:attribute name="border-width">0.8pt</xsl:attribute>
        <xsl:attribute name="border-color"><xsl:value-of select="$ink-alert"/></xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'caution'">
        <xsl:attribute name="border-style">solid</xsl:attribute>
        <xsl:attribute name="border-width">2.4pt</xsl:attribute>
        <xsl:attribute name="border-color"><xsl:value-of select="$ink-alert"/></xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'exercise'">
        <xsl:attribute name="border-style">dashed</xsl:attribute>
        <xsl:attribute name="border-width">0.8pt</xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'trainer'">
        <xsl:attribute name="background-color"><xsl:value-of select="$ink-shade"/></xsl:attribute>
        <xsl:attribute name="border-style">dotted</xsl:attribute>
        <xsl:attribute name="border-width">1.2pt</xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'law'">
        <xsl:attribute name="border-before-style">double</xsl:attribute>
        <xsl:attribute name="border-before-width">2.4pt</xsl:attribute>
        <xsl:attribute name="border-after-style">solid</xsl:attribute>
        <xsl:attribute name="border-after-width">0.6pt</xsl:attribute>
      </xsl:when>
      <xsl:when test="@kind = 'case'">
        <xsl:attribute name="background-color"><xsl:value-of select="$ink-shade"/></xsl:attribute>
        <xsl:attribute name="border-before-style">solid</xsl:attribute>
        <xsl:attribute name="border-before-width">0.6pt</xsl:attribute>
        <xsl:attribute name="border-after-style">solid</xsl:attribute>
        <xsl:attribute name="border-after-width">0.6pt</xsl:attribute>
      </xsl:when>
      <xsl:otherwise>
        <xsl:attribute name="border-style">solid</xsl:attribute>
        <xsl:attribute name="border-width">0.4pt</xsl:attribute>
        <xsl:attribute name="background-color"><xsl:value-of select="$ink-tint"/></xsl:attribute>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ============ figures ============ -->

  <xsl:template match="figure">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <xsl:call-template name="audience"/>
    <fo:block space-before.minimum="{$line} * 0.6" space-before.optimum="{$line} * 0.8"
      space-before.maximum="{$line} * 1.4" space-after.minimum="{$line} * 0.6"
      space-after.optimum="{$line} * 0.8" space-after.maximum="{$line} * 1.4"
      keep-together.within-column="always" text-indent="0pt" role="Sect">
      <xsl:call-template name="source-follows"/>
      <xsl:apply-templates select="." mode="spine"/>
      <fo:block text-align="center" keep-with-next.within-column="always" line-height="0pt"
        line-stacking-strategy="max-height">
        <xsl:choose>
          <xsl:when test="@src">
            <fo:external-graphic src="{@src}" role="Figure" vad:alt="{@alt}"
              inline-progression-dimension.maximum="100%" content-width="scale-down-to-fit" width="100%"/>
          </xsl:when>
          <xsl:otherwise>
            <fo:instream-foreign-object role="Figure" vad:alt="{@alt}" content-width="scale-down-to-fit"
              width="100%"><xsl:copy-of select="*[namespace-uri() = 'http://www.w3.org/2000/svg']"/></fo:instream-foreign-object>
          </xsl:otherwise>
        </xsl:choose>
      </fo:block>
      <fo:block xsl:use-attribute-sets="small" role="Caption" space-before="4pt" hyphenate="false">
        <fo:inline font-weight="700">
          <xsl:call-template name="phrase">
            <xsl:with-param name="name" select="'figure'"/>
            <xsl:with-param name="number" select="$number"/>
          </xsl:call-template>
        </fo:inline>
        <xsl:if test="caption">
          <xsl:text>&#x2002;</xsl:text>
          <xsl:apply-templates select="caption/node()"/>
        </xsl:if>
      </fo:block>
    </fo:block>
  </xsl:template>

  <!-- ============ tables ============ -->

  <xsl:template match="table">
    <xsl:variable name="caption" select="following-sibling::*[1][self::caption]"/>
    <xsl:call-template name="audience"/>
    <xsl:if test="$caption">
      <xsl:apply-templates select="$caption" mode="set">
        <xsl:with-param name="number"><xsl:apply-templates select="." mode="number"/></xsl:with-param>
      </xsl:apply-templates>
    </xsl:if>
    <!-- names and numbers: no wider than they are, that the eye finds the number -->
    <xsl:variable name="is-list-of-numbers" select="not(row/cell[3]) and row[1]/cell[2]/@align = 'right'"/>
    <fo:table xsl:use-attribute-sets="small" table-layout="auto" inline-progression-dimension="100%"
      border-collapse="collapse" border-before-style="solid" border-before-width="0.9pt"
      border-after-style="solid" border-after-width="0.9pt" text-indent="0pt" role="Table"
      space-after.minimum="{$line} * 0.6" space-after.optimum="{$line} * 0.8"
      space-after.maximum="{$line} * 1.4">
      <xsl:if test="$is-list-of-numbers">
        <xsl:attribute name="inline-progression-dimension">auto</xsl:attribute>
      </xsl:if>
      <!-- two columns have room for whole words -->
      <xsl:if test="not(row/cell[3])"><xsl:attribute name="hyphenate">false</xsl:attribute></xsl:if>
      <xsl:if test="not($caption)">
        <xsl:attribute name="space-before"><xsl:value-of select="$line"/> * 0.6</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="source-follows"/>
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:if test="row[@header = 'yes']">
        <fo:table-header>
          <xsl:apply-templates select="row[@header = 'yes']"/>
        </fo:table-header>
      </xsl:if>
      <fo:table-body>
        <xsl:apply-templates select="row[not(@header = 'yes')]"/>
        <xsl:if test="not(row[not(@header = 'yes')])">
          <fo:table-row><fo:table-cell><fo:block/></fo:table-cell></fo:table-row>
        </xsl:if>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="caption"/>
  <!-- of a table that is none: only a draft comes here -->
  <xsl:template match="caption[not(preceding-sibling::*[1][self::table])]" priority="1">
    <fo:block xsl:use-attribute-sets="small" role="P">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>
  <xsl:template match="caption" mode="set">
    <xsl:param name="number"/>
    <fo:block xsl:use-attribute-sets="small" role="Caption" text-indent="0pt"
      keep-with-next.within-column="always" space-before.minimum="{$line} * 0.6"
      space-before.optimum="{$line} * 0.8" space-before.maximum="{$line} * 1.4" space-after="4pt"
      hyphenate="false">
      <xsl:for-each select="preceding-sibling::table[1][not(@audience)]">
        <xsl:call-template name="under-heading"/>
      </xsl:for-each>
      <xsl:apply-templates select="." mode="spine"/>
      <fo:inline font-weight="700">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'table'"/>
          <xsl:with-param name="number" select="$number"/>
        </xsl:call-template>
      </fo:inline>
      <xsl:text>&#x2002;</xsl:text>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="row">
    <!-- no row alone at the head or foot of a page; four rows stay whole -->
    <xsl:variable name="after" select="count(following-sibling::row)"/>
    <xsl:variable name="before" select="count(preceding-sibling::row[not(@header = 'yes')])"/>
    <fo:table-row keep-together.within-column="5" role="TR">
      <xsl:if test="not(@header = 'yes') and $after &gt; 0 and ($before = 0 or $after = 1 or $before + $after &lt; 4)">
        <xsl:attribute name="keep-with-next.within-column">5</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates select="cell"/>
    </fo:table-row>
  </xsl:template>
  <xsl:template match="cell">
    <fo:table-cell padding-before="2.6pt" padding-after="2.8pt" padding-start="3pt" padding-end="3pt"
      border-after-style="solid" border-after-width="0.3pt" border-after-color="{$ink-rule}" role="TD">
      <xsl:if test="position() = 1"><xsl:attribute name="padding-start">0pt</xsl:attribute></xsl:if>
      <xsl:if test="position() = last()"><xsl:attribute name="padding-end">0pt</xsl:attribute></xsl:if>
      <xsl:if test="position() = 2 and @align = 'right' and not(../../row/cell[3])">
        <xsl:attribute name="padding-start">24pt</xsl:attribute>
      </xsl:if>
      <xsl:if test="../@header = 'yes'">
        <xsl:attribute name="role">TH</xsl:attribute>
        <xsl:attribute name="vad:scope">Column</xsl:attribute>
        <xsl:attribute name="font-weight">700</xsl:attribute>
        <xsl:if test="not(../cell[5])"><xsl:attribute name="hyphenate">false</xsl:attribute></xsl:if>
        <xsl:attribute name="display-align">after</xsl:attribute>
        <xsl:attribute name="border-after-width">0.6pt</xsl:attribute>
        <xsl:attribute name="border-after-color"><xsl:value-of select="$ink-text"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="@align"><xsl:attribute name="text-align"><xsl:value-of select="@align"/></xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="content"/>
    </fo:table-cell>
  </xsl:template>
  <xsl:template match="cell" mode="content">
    <fo:block role="P"><xsl:apply-templates/></fo:block>
  </xsl:template>
  <!-- room to write by hand: a cell of nothing but underscores, as wide as they
       are, and a line high for every group of them -->
  <xsl:template match="cell[not(*) and contains(., '____') and translate(., '_ ', '') = '']" mode="content">
    <xsl:attribute name="border-start-style">solid</xsl:attribute>
    <xsl:attribute name="border-start-width">0.3pt</xsl:attribute>
    <xsl:attribute name="border-start-color"><xsl:value-of select="$ink-rule"/></xsl:attribute>
    <fo:block role="P">
      <xsl:call-template name="room"><xsl:with-param name="rest" select="normalize-space(.)"/></xsl:call-template>
    </fo:block>
  </xsl:template>
  <xsl:template name="room">
    <xsl:param name="rest"/>
    <xsl:variable name="group" select="substring-before(concat($rest, ' '), ' ')"/>
    <fo:block line-height="{$hand} - 5.4pt">
      <fo:leader leader-length="{string-length($group) * 4}pt"/>
    </fo:block>
    <xsl:if test="contains($rest, ' ')">
      <xsl:call-template name="room">
        <xsl:with-param name="rest" select="substring-after($rest, ' ')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
