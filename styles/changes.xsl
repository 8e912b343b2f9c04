<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- What has changed since an older state: the list in front, by section, with
     pages and links, and the text of removed blocks, struck through. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo">

  <!-- pages i, ii ...: the book behind keeps its numbers -->
  <xsl:template match="changes">
    <fo:page-sequence master-reference="pages" format="i" initial-page-number="1"
      force-page-count="end-on-even" role="Part">
      <xsl:call-template name="furniture"/>
      <fo:flow flow-name="xsl-region-body">
        <fo:block xsl:use-attribute-sets="heading" role="H1" font-size="21pt" line-height="24pt"
          color="{$ink-accent}" border-after-style="solid" border-after-width="1pt"
          border-after-color="{$ink-accent}" padding-after="6pt" space-after="{$line}" id="vadovas.changes">
          <fo:marker marker-class-name="chapter">
            <xsl:call-template name="word"><xsl:with-param name="name" select="'changes'"/></xsl:call-template>
          </fo:marker>
          <fo:marker marker-class-name="section">
            <xsl:call-template name="word"><xsl:with-param name="name" select="'changes'"/></xsl:call-template>
          </fo:marker>
          <xsl:call-template name="word"><xsl:with-param name="name" select="'changes'"/></xsl:call-template>
        </fo:block>
        <fo:block xsl:use-attribute-sets="small" role="P"><xsl:call-template name="compared-with"/></fo:block>
        <fo:block xsl:use-attribute-sets="small" role="P" space-after="{$line} * 0.5">
          <xsl:call-template name="count-changes"/>
        </fo:block>
        <xsl:apply-templates select="section"/>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- "Compared with: Revision 2, 1.5.2026, v1" -->
  <xsl:template name="compared-with">
    <xsl:call-template name="phrase">
      <xsl:with-param name="name" select="'compared-with'"/>
      <xsl:with-param name="title">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'revision'"/>
          <xsl:with-param name="number" select="@revision"/>
        </xsl:call-template>
        <xsl:text>, </xsl:text>
        <xsl:call-template name="date"><xsl:with-param name="iso" select="string(@date)"/></xsl:call-template>
        <xsl:if test="@since"><xsl:value-of select="concat(' (', @since, ')')"/></xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="count-changes">
    <xsl:if test="not(section)">
      <xsl:call-template name="word"><xsl:with-param name="name" select="'unchanged'"/></xsl:call-template>
    </xsl:if>
    <xsl:call-template name="count-kind"><xsl:with-param name="kind" select="'changed'"/></xsl:call-template>
    <xsl:call-template name="count-kind"><xsl:with-param name="kind" select="'inserted'"/></xsl:call-template>
    <xsl:call-template name="count-kind"><xsl:with-param name="kind" select="'removed'"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="count-kind">
    <xsl:param name="kind"/>
    <xsl:variable name="entries" select="section/entry[@change = $kind]"/>
    <xsl:if test="$entries">
      <xsl:call-template name="word"><xsl:with-param name="name" select="$kind"/></xsl:call-template>
      <xsl:value-of select="concat(': ', count($entries), '  ')"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="changes/section">
    <fo:block xsl:use-attribute-sets="heading" role="H2" font-size="10.6pt" line-height="{$line}"
      color="{$ink-accent}" space-before="{$line} * 0.6" space-after="{$line} * 0.15">
      <xsl:choose>
        <xsl:when test="@ref">
          <xsl:for-each select="key('id', @ref)[1]">
            <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
            <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, '&#x2002;')"/></xsl:if>
            <xsl:apply-templates select="." mode="plain"/>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="word"><xsl:with-param name="name" select="string(@word)"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
    <fo:list-block provisional-distance-between-starts="38pt" provisional-label-separation="4pt"
      text-indent="0pt" role="L" vad:numbering="None" xsl:use-attribute-sets="small">
      <xsl:apply-templates select="entry"/>
    </fo:list-block>
  </xsl:template>

  <xsl:template match="changes/section/entry">
    <fo:list-item role="LI" relative-align="baseline">
      <xsl:if test="position() &gt; 1"><xsl:attribute name="space-before">2pt</xsl:attribute></xsl:if>
      <fo:list-item-label end-indent="label-end()" role="Lbl">
        <fo:block hyphenate="false"><xsl:call-template name="entry-page"/></fo:block>
      </fo:list-item-label>
      <fo:list-item-body start-indent="body-start()" role="LBody">
        <fo:block role="P">
          <fo:inline font-weight="700">
            <xsl:call-template name="word"><xsl:with-param name="name" select="@change"/></xsl:call-template>
          </fo:inline>
          <xsl:text>: </xsl:text>
          <xsl:apply-templates mode="change"/>
          <xsl:if test="@word"><xsl:value-of select="concat(' (', @word, ')')"/></xsl:if>
        </fo:block>
      </fo:list-item-body>
    </fo:list-item>
  </xsl:template>

  <!-- a note that nothing calls, a chart that could not be made: not on a page;
       a word of the layout: on many -->
  <xsl:template name="entry-page">
    <xsl:variable name="block" select="key('id', @ref)[1]"/>
    <xsl:variable name="unseen" select="not(@ref) or $block[self::research]
      or $block[self::footnote][not(key('note-refs', @id))]"/>
    <xsl:choose>
      <xsl:when test="$unseen">–</xsl:when>
      <xsl:otherwise>
        <fo:basic-link internal-destination="{@ref}" color="{$ink-accent}">
          <xsl:call-template name="phrase">
            <xsl:with-param name="name" select="'page'"/>
            <xsl:with-param name="page" select="@ref"/>
          </xsl:call-template>
        </fo:basic-link>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- told apart without colour -->
  <xsl:template match="out" mode="change">
    <fo:inline text-decoration="line-through" color="{$ink-grey}"><xsl:value-of select="."/></fo:inline>
    <xsl:if test="following-sibling::node()[1][self::in]"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>
  <xsl:template match="in" mode="change">
    <fo:inline font-weight="700"><xsl:value-of select="."/></fo:inline>
  </xsl:template>

  <xsl:template match="removed">
    <fo:block xsl:use-attribute-sets="small" text-indent="0pt" role="Sect" color="{$ink-grey}"
      space-before="{$line} * 0.3" space-after="{$line} * 0.3">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:for-each select="paragraph">
        <fo:block role="P">
          <xsl:if test="position() = 1">
            <fo:inline font-weight="700">
              <xsl:call-template name="word"><xsl:with-param name="name" select="'removed'"/></xsl:call-template>
            </fo:inline>
            <xsl:text>: </xsl:text>
          </xsl:if>
          <fo:inline text-decoration="line-through"><xsl:value-of select="."/></fo:inline>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
