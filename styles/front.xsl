<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- Title page, imprint, contents. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo">

  <xsl:template match="edition" mode="title-page">
    <xsl:call-template name="cover">
      <xsl:with-param name="title"><xsl:apply-templates select="title/node()"/></xsl:with-param>
      <xsl:with-param name="below"><xsl:apply-templates select="subtitle/node()"/></xsl:with-param>
      <xsl:with-param name="foot"><xsl:apply-templates select="project/node()"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- mark: a word above the title; facts: blocks below the line under it -->
  <xsl:template name="cover">
    <xsl:param name="mark"/>
    <xsl:param name="title"/>
    <xsl:param name="below"/>
    <xsl:param name="facts"/>
    <xsl:param name="foot"/>
    <fo:block-container absolute-position="fixed" top="0pt" left="0pt" width="{$page-width}"
      height="{$page-height} * 0.42" background-color="{$ink-accent}"><fo:block/></fo:block-container>
    <fo:block-container absolute-position="fixed" top="{$page-height} * 0.14" left="{$inner}"
      width="{$page-width} - {$inner} - {$outer}" height="{$page-height} * 0.26" display-align="after">
      <!-- the mark at the head would lie under the ink of this page -->
      <xsl:if test="$draft = 'yes' or string($mark) != ''">
        <fo:block xsl:use-attribute-sets="small" font-size="11pt" color="{$ink-paper}" font-weight="700"
          text-transform="uppercase" letter-spacing="0.06em" space-after="{$line}" role="P">
          <xsl:if test="$draft = 'yes'">
            <xsl:call-template name="word"><xsl:with-param name="name" select="'draft'"/></xsl:call-template>
            <xsl:if test="string($mark) != ''"> · </xsl:if>
          </xsl:if>
          <xsl:value-of select="$mark"/>
        </fo:block>
      </xsl:if>
      <fo:block font-family="{$family-head}" font-weight="700" font-size="30pt" line-height="34pt"
        color="{$ink-paper}" hyphenate="false" text-align="start" role="P" id="vadovas.title">
        <xsl:copy-of select="$title"/>
      </fo:block>
    </fo:block-container>
    <fo:block-container absolute-position="fixed" top="{$page-height} * 0.45" left="{$inner}"
      width="{$page-width} - {$inner} - {$outer}" height="{$page-height} * 0.3">
      <fo:block font-family="{$family-text}" font-style="italic" font-size="15pt" line-height="20pt"
        hyphenate="false" text-align="start" role="P">
        <xsl:copy-of select="$below"/>
      </fo:block>
      <xsl:if test="string($facts) != ''">
        <fo:block xsl:use-attribute-sets="small" font-size="10pt" line-height="14pt" hyphenate="false"
          space-before="{$line}" role="Div"><xsl:copy-of select="$facts"/></fo:block>
      </xsl:if>
    </fo:block-container>
    <fo:block-container absolute-position="fixed" top="{$page-height} * 0.8" left="{$inner}"
      width="{$page-width} - {$inner} - {$outer}" height="{$page-height} * 0.14" display-align="after">
      <fo:block font-family="{$family-head}" vad:figures="lining" font-size="9.5pt" line-height="13pt" text-align="start"
        hyphenate="false" role="P" border-before-style="solid" border-before-width="1pt"
        border-before-color="{$ink-accent}" padding-before="5pt">
        <xsl:copy-of select="$foot"/>
      </fo:block>
      <fo:block font-family="{$family-head}" vad:figures="lining" font-size="9.5pt" line-height="13pt" text-align="start" role="P"
        color="{$ink-grey}">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'module'"/>
          <xsl:with-param name="number" select="@module"/>
        </xsl:call-template>
        <xsl:text> · </xsl:text>
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'revision'"/>
          <xsl:with-param name="number" select="@revision"/>
        </xsl:call-template>
        <xsl:text> · </xsl:text>
        <xsl:call-template name="date"><xsl:with-param name="iso" select="string(@date)"/></xsl:call-template>
      </fo:block>
    </fo:block-container>
    <fo:block role="artifact"/>
  </xsl:template>

  <xsl:template match="edition" mode="imprint">
    <fo:block xsl:use-attribute-sets="small" font-size="8.8pt" line-height="11.8pt"
      text-indent="0pt" hyphenate="false" role="Sect">
      <xsl:call-template name="extract"/>
      <fo:block font-weight="700" role="P" id="vadovas.imprint">
        <xsl:apply-templates select="title/node()"/>
      </fo:block>
      <fo:block role="P" space-after="6pt"><xsl:apply-templates select="subtitle/node()"/></fo:block>
      <fo:block role="P"><xsl:apply-templates select="project/node()"/></fo:block>
      <fo:block role="P">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'module'"/>
          <xsl:with-param name="number" select="@module"/>
        </xsl:call-template>
      </fo:block>
      <fo:block role="P">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'revision'"/>
          <xsl:with-param name="number" select="@revision"/>
        </xsl:call-template>
        <xsl:text>, </xsl:text>
        <xsl:call-template name="date"><xsl:with-param name="iso" select="string(@date)"/></xsl:call-template>
      </fo:block>
      <fo:block role="P" space-after="6pt">
        <xsl:variable name="date">
          <xsl:call-template name="date"><xsl:with-param name="iso" select="string(@law-date)"/></xsl:call-template>
        </xsl:variable>
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'law-as-at'"/>
          <xsl:with-param name="number" select="string($date)"/>
        </xsl:call-template>
      </fo:block>
      <xsl:for-each select="imprint/p">
        <fo:block role="P" space-before="5pt"><xsl:call-template name="bar"/><xsl:apply-templates/></fo:block>
      </xsl:for-each>
      <xsl:for-each select="waiver">
        <fo:block role="P" space-before="5pt"><xsl:value-of select="."/></fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="contents">
    <fo:block xsl:use-attribute-sets="heading" role="H1" font-size="21pt" line-height="24pt"
      color="{$ink-accent}" space-before="41.4pt" space-before.conditionality="retain"
      border-after-style="solid" border-after-width="1pt" border-after-color="{$ink-accent}"
      padding-after="6pt" space-after="{$line}" id="vadovas.contents">
      <fo:marker marker-class-name="chapter">
        <xsl:call-template name="word"><xsl:with-param name="name" select="'contents'"/></xsl:call-template>
      </fo:marker>
      <fo:marker marker-class-name="section">
        <xsl:call-template name="word"><xsl:with-param name="name" select="'contents'"/></xsl:call-template>
      </fo:marker>
      <xsl:call-template name="word"><xsl:with-param name="name" select="'contents'"/></xsl:call-template>
    </fo:block>
    <fo:block role="TOC" text-indent="0pt" font-family="{$family-head}" vad:figures="lining"
      hyphenate="false" text-align="start">
      <xsl:for-each select="/document/chapter[not(@omitted)]/heading[@level &lt;= 2]">
        <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
        <fo:block role="TOCI" text-align-last="justify" end-indent="18pt" last-line-end-indent="-18pt">
          <xsl:choose>
            <xsl:when test="@level = 1">
              <xsl:attribute name="font-weight">700</xsl:attribute>
              <xsl:attribute name="space-before"><xsl:value-of select="$line"/> * 0.5</xsl:attribute>
              <xsl:attribute name="start-indent">18pt</xsl:attribute>
              <xsl:attribute name="text-indent">-18pt</xsl:attribute>
              <xsl:attribute name="keep-with-next.within-column">always</xsl:attribute>
            </xsl:when>
            <xsl:otherwise>
              <xsl:attribute name="font-size">9.6pt</xsl:attribute>
              <xsl:attribute name="start-indent">46pt</xsl:attribute>
              <xsl:attribute name="text-indent">-28pt</xsl:attribute>
              <xsl:attribute name="line-height"><xsl:value-of select="$line"/> * 0.95</xsl:attribute>
              <!-- no chapter begins or ends with one entry of its own -->
              <xsl:if test="following-sibling::heading[@level = 2] and (not(preceding-sibling::heading[@level = 2])
                  or count(following-sibling::heading[@level = 2]) = 1
                  or count(preceding-sibling::heading[@level = 2]) &lt; 3)">
                <xsl:attribute name="keep-with-next.within-column">5</xsl:attribute>
              </xsl:if>
              <!-- a workshop has few: they stay whole -->
              <xsl:if test="following-sibling::heading[@level = 2] and $copy != ''">
                <xsl:attribute name="keep-with-next.within-column">always</xsl:attribute>
              </xsl:if>
            </xsl:otherwise>
          </xsl:choose>
          <fo:inline role="Reference"><fo:basic-link internal-destination="{@id}" role="Link">
            <xsl:if test="string($number) != ''">
              <xsl:choose>
                <xsl:when test="@level = 1">
                  <fo:inline-container inline-progression-dimension="18pt"><fo:block role="none" text-indent="0pt" start-indent="0pt" end-indent="0pt" last-line-end-indent="0pt" text-align-last="start"><xsl:value-of select="$number"/></fo:block></fo:inline-container>
                </xsl:when>
                <xsl:otherwise>
                  <fo:inline-container inline-progression-dimension="28pt"><fo:block role="none" text-indent="0pt" start-indent="0pt" end-indent="0pt" last-line-end-indent="0pt" text-align-last="start"><xsl:value-of select="$number"/></fo:block></fo:inline-container>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:if>
            <xsl:apply-templates select="." mode="plain"/>
            <xsl:text> </xsl:text>
            <fo:leader leader-pattern="dots" leader-pattern-width="4pt" leader-alignment="reference-area"
              leader-length.minimum="12pt" leader-length.optimum="12pt" leader-length.maximum="100%"
              font-weight="400"/>
            <xsl:text> </xsl:text>
            <fo:page-number-citation ref-id="{@id}"/>
          </fo:basic-link></fo:inline>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="bookmarks">
    <fo:bookmark-tree>
      <xsl:for-each select="/document/changes">
        <fo:bookmark internal-destination="vadovas.changes">
          <fo:bookmark-title>
            <xsl:call-template name="word"><xsl:with-param name="name" select="'changes'"/></xsl:call-template>
          </fo:bookmark-title>
        </fo:bookmark>
      </xsl:for-each>
      <fo:bookmark internal-destination="vadovas.contents">
        <fo:bookmark-title>
          <xsl:call-template name="word"><xsl:with-param name="name" select="'contents'"/></xsl:call-template>
        </fo:bookmark-title>
      </fo:bookmark>
      <xsl:for-each select="/document/chapter[not(@omitted)]/heading[@level = 1]">
        <fo:bookmark internal-destination="{@id}" starting-state="hide">
          <fo:bookmark-title><xsl:apply-templates select="." mode="bookmark"/></fo:bookmark-title>
          <xsl:variable name="chapter" select="generate-id()"/>
          <xsl:for-each select="following-sibling::heading[@level = 2][generate-id(preceding-sibling::heading[@level = 1][1]) = $chapter]">
            <fo:bookmark internal-destination="{@id}">
              <fo:bookmark-title><xsl:apply-templates select="." mode="bookmark"/></fo:bookmark-title>
            </fo:bookmark>
          </xsl:for-each>
        </fo:bookmark>
      </xsl:for-each>
    </fo:bookmark-tree>
  </xsl:template>
  <xsl:template match="heading" mode="bookmark">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, ' ')"/></xsl:if>
    <xsl:apply-templates select="." mode="plain"/>
  </xsl:template>
</xsl:stylesheet>
